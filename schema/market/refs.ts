import { type Builder, keyed } from "../builder.ts";
import type { DatasetKey, Values } from "../values.ts";
import { addEnums } from "./enums.ts";
import type {
  InvitationRow,
  KeyRow,
  LicenceRow,
  MemberRow,
  MembershipRow,
  MessageRow,
  OfferRow,
  OrganizationRow,
  PersonRow,
} from "./rows.ts";

/** What every part of the market's schema builds with: its types refer to one another. */
export function marketOf(builder: Builder, values: Values) {
  const Organization = builder.objectRef<OrganizationRow>("Organization");
  const Offer = builder.objectRef<OfferRow>("Offer");
  const Licence = builder.objectRef<LicenceRow>("Licence");
  return {
    builder,
    ...values,
    ...addEnums(builder),
    Dataset: builder.objectRef<DatasetKey>("Dataset").implement({
      extensions: keyed("slug"),
      fields: (t) => ({ slug: t.exposeString("slug") }),
    }),
    Organization,
    Offer,
    Licence,
    Person: builder.objectRef<PersonRow>("Person"),
    Member: builder.objectRef<MemberRow>("Member"),
    Membership: builder.objectRef<MembershipRow>("Membership"),
    Invitation: builder.objectRef<InvitationRow>("Invitation"),
    Message: builder.objectRef<MessageRow>("Message"),
    ApiKey: builder.objectRef<KeyRow>("ApiKey"),
    Organizations: builder.connectionObject(
      { type: Organization, name: "OrganizationConnection" },
      builder.edgeObject({ type: Organization, name: "OrganizationEdge" }),
    ),
    Offers: builder.connectionObject(
      { type: Offer, name: "OfferConnection" },
      builder.edgeObject({ type: Offer, name: "OfferEdge" }),
    ),
    Licences: builder.connectionObject(
      { type: Licence, name: "LicenceConnection" },
      builder.edgeObject({ type: Licence, name: "LicenceEdge" }),
    ),
  };
}
export type Market = ReturnType<typeof marketOf>;
