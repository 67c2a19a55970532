import type { Builder } from "../builder.ts";
import { connect } from "../connection.ts";
import type { Context } from "../context.ts";
import { opaqueId } from "../opaque.ts";
import { query } from "../query.ts";
import type { LocalText, pointer, Values } from "../values.ts";

type OutageRow = {
  position: string;
  id: string;
  from: number;
  to: number;
  reason: string;
  text: LocalText;
  declared: number;
  organization: string;
  annotatedOnly: string | null;
  version: number | null;
  corrects: number | null;
  epsilonMicro: number | null;
  halfWidth95: number | null;
  released: number;
  abandoned: boolean;
};

const outageRows = query<
  OutageRow,
  [dataset: string, after: string | null, before: string | null, inverted: boolean, limit: number]
>(new URL("./outages.sql", import.meta.url));

const REASONS = {
  POWER: { description: "Devices were without power." },
  NETWORK: { description: "Devices could not reach the hub." },
  DEVICE_FAULT: { description: "Devices failed." },
  HUB_FAULT: { description: "The hub failed." },
  MAINTENANCE: { description: "Work on devices or on the hub." },
  DISASTER: { description: "Storm, flood, fire." },
} as const;
const ANNOTATIONS = {
  NOT_ASKED: { description: "No correction was asked for." },
  NO_WHOLE_WINDOW: { description: "No window lies within the outage." },
  STEP_TOO_LONG: { description: "Windows longer than a day take late rows as long as their days are open." },
  DAY_SEALED: { description: "The day was sealed: late data change nothing." },
  RESERVE_EXHAUSTED: { description: "The day's reserve did not bear it." },
} as const;

/** PENDING until its day is sealed; ABANDONED: declared so late that the day was sealed before it was opened. */
const stateOf = ({ annotatedOnly, released, abandoned }: OutageRow) =>
  annotatedOnly !== null ? "ANNOTATED_ONLY" : released > 0 ? "RELEASED" : abandoned ? "ABANDONED" : "PENDING";

/** `Dataset.outages`: what was declared in public, and the corrections made for it (rule P8). */
export function addOutages(
  builder: Builder,
  { Text, Window }: Values,
  Organization: ReturnType<typeof pointer.organization>,
) {
  const Reason = builder.enumType("OutageReason", { values: REASONS });
  const State = builder.enumType("CorrectionState", {
    values: {
      PENDING: { description: "Released when the day of its windows is sealed." },
      RELEASED: { description: "Stands beside what it corrects." },
      ABANDONED: { description: "Given up: what was released first stands." },
      ANNOTATED_ONLY: { description: "There is none: the outage is an annotation." },
    } as const,
  });
  const Annotation = builder.enumType("AnnotationReason", { values: ANNOTATIONS });
  const Correction = builder.objectRef<OutageRow>("Correction").implement({
    description: "A later version of the windows within an outage, with a debit of its own from the day's reserve.",
    fields: (t) => ({
      state: t.field({ type: State, resolve: stateOf }),
      reason: t.field({
        type: Annotation,
        nullable: true,
        description: "Why there is none.",
        resolve: ({ annotatedOnly }) => (annotatedOnly as keyof typeof ANNOTATIONS | null) ?? null,
      }),
      version: t.exposeInt("version", { nullable: true }),
      corrects: t.exposeInt("corrects", { nullable: true, description: "The version that it corrects." }),
      epsilon: t.float({
        nullable: true,
        description: "ε that it takes of each unit-day, once.",
        resolve: ({ epsilonMicro }) => (epsilonMicro === null ? null : epsilonMicro / 1e6),
      }),
      interval95: t.exposeInt("halfWidth95", { nullable: true, description: "± of one value: noise only." }),
      windows: t.exposeInt("released", { description: "Windows of it that are published." }),
    }),
  });
  const Outage = builder.objectRef<OutageRow>("Outage").implement({
    description: "A time in which a dataset saw badly, declared in public and for good.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("Outage", id) }),
      window: t.field({ type: Window, resolve: ({ from, to }) => ({ from, to }) }),
      reason: t.field({ type: Reason, resolve: ({ reason }) => reason as keyof typeof REASONS }),
      text: t.field({ type: Text, resolve: ({ text }) => text }),
      declaredAt: t.field({ type: "DateTime", resolve: ({ declared }) => declared }),
      declaredBy: t.field({
        type: Organization,
        resolve: ({ organization }) => ({ id: opaqueId("Organization", organization) }),
      }),
      correction: t.field({ type: Correction, resolve: (outage) => outage }),
    }),
  });
  const edge = builder.edgeObject({ type: Outage, name: "OutageEdge" });
  const Outages = builder.connectionObject({ type: Outage, name: "OutageConnection" }, edge);
  return {
    Outages,
    read: (dataset: string, args: Parameters<typeof connect<OutageRow>>[0], context: Context) =>
      connect<OutageRow>(
        args,
        ({ position }) => position,
        ({ after, before, inverted, limit }) => outageRows(context, dataset, after, before, inverted, limit),
      ),
  };
}
