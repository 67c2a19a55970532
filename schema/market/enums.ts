import { STATES } from "../../core/licence/machine.ts";
import type { RealmRole } from "../../core/licence/principal.ts";
import type { Builder } from "../builder.ts";

export const TIERS = ["OPEN", "REGISTERED", "LICENSED", "RESTRICTED"] as const;
export type Tier = (typeof TIERS)[number];

const realmRole = (value: RealmRole) => ({ value }) as const;

/** The closed lists of the market. */
export function addEnums(builder: Builder) {
  return {
    Tier: builder.enumType("Tier", { description: "Who may read the values.", values: TIERS }),
    RealmRole: builder.enumType("RealmRole", {
      description: "What the identity provider says of a person.",
      values: {
        CITIZEN: realmRole("citizen"),
        DEVELOPER: realmRole("developer"),
        PROVIDER: realmRole("provider"),
        STEWARD: realmRole("steward"),
        ADMIN: realmRole("admin"),
        AUDITOR: realmRole("auditor"),
        AGENCY: realmRole("agency"),
      },
    }),
    MemberRole: builder.enumType("MemberRole", {
      description: "What a member may do.",
      values: {
        OWNER: { description: "All, closing and handing on too. There is exactly one." },
        MANAGER: { description: "People, keys, requests, and accepting conditions and prices." },
        DEVELOPER: { description: "Requests and keys." },
        VIEWER: { description: "Sees all and changes nothing." },
      } as const,
    }),
    Stage: builder.enumType("Stage", { values: ["PRE_STARTUP", "STARTUP", "GROWTH"] as const }),
    PriceModel: builder.enumType("PriceModel", {
      values: {
        FREE: { description: "No price." },
        FLAT: { description: "One price for the whole licence." },
        METERED: { description: "By use beyond the free quota, up to the cap of a month." },
        SUBSCRIPTION: { description: "A price a month with its quota." },
      } as const,
    }),
    LicenceState: builder.enumType("LicenceState", { values: STATES }),
    LicenceAction: builder.enumType("LicenceAction", {
      description: "Every transition has one.",
      values: {
        REQUEST: { description: "The applicant asks." },
        ASK: { description: "The steward asks for information." },
        ANSWER: { description: "The applicant answers." },
        ENDORSE: { description: "What the first APPROVE of a high-risk request becomes: a second person approves." },
        APPROVE: { description: "The steward approves, with conditions if need be." },
        ACTIVATE: { description: "The applicant accepts terms and price." },
        REFUSE: { description: "The steward refuses, with a reason." },
        APPEAL: { description: "The applicant appeals against a refusal, once." },
        LAPSE: { description: "Nobody answered in time." },
        WITHDRAW: { description: "The applicant takes the request back." },
        SUSPEND: { description: "The steward stops access for a while." },
        RESUME: { description: "The steward gives access again." },
        REVOKE: { description: "The steward takes access back for good." },
        EXPIRE: { description: "The last day is over." },
        SURRENDER: { description: "The licensee gives the licence back." },
      } as const,
    }),
    KeyEnvironment: builder.enumType("KeyEnvironment", {
      values: {
        LIVE: { value: "live", description: "Of a licence." },
        TEST: { value: "test", description: "A sandbox: synthetic datasets only." },
      } as const,
    }),
    InvitationState: builder.enumType("InvitationState", {
      values: ["PENDING", "ACCEPTED", "WITHDRAWN", "EXPIRED"] as const,
    }),
    LicenceScope: builder.enumType("LicenceScope", {
      values: {
        MINE: { description: "Of my organisations." },
        INBOX: { description: "What a steward has to decide, oldest first." },
        ALL: { description: "All, for stewards, administrators and auditors." },
      } as const,
    }),
  };
}
export type Enums = ReturnType<typeof addEnums>;
