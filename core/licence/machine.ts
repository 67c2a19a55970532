/**
 * The one state machine of a request and the licence that it becomes. The table is data; the database has the same rows
 * (market.transition), bound to every event by foreign keys. docs/market.md tells it in words.
 */
export const STATES = [
  "REQUESTED",
  "INFO_NEEDED",
  "APPROVED",
  "ACTIVE",
  "SUSPENDED",
  "EXPIRED",
  "REVOKED",
  "REFUSED",
  "LAPSED",
  "WITHDRAWN",
] as const;
export type LicenceState = (typeof STATES)[number];

export const ACTIONS = [
  "REQUEST",
  "ASK",
  "ANSWER",
  "ENDORSE",
  "APPROVE",
  "ACTIVATE",
  "REFUSE",
  "APPEAL",
  "LAPSE",
  "WITHDRAW",
  "SUSPEND",
  "RESUME",
  "REVOKE",
  "EXPIRE",
  "SURRENDER",
] as const;
export type LicenceAction = (typeof ACTIONS)[number];

/** Who may do it: members that act for the organisation, a steward, or time. */
export type Side = "APPLICANT" | "STEWARD" | "CLOCK";

export type Transition = {
  /** NONE: before the request */
  readonly from: LicenceState | "NONE";
  readonly action: LicenceAction;
  readonly to: LicenceState;
  readonly by: readonly Side[];
};

const row = (from: Transition["from"], action: LicenceAction, to: LicenceState, ...by: Side[]): Transition => ({
  from,
  action,
  to,
  by,
});

export const TRANSITIONS: readonly Transition[] = [
  row("NONE", "REQUEST", "REQUESTED", "APPLICANT"),
  row("REQUESTED", "ASK", "INFO_NEEDED", "STEWARD"),
  // What the first APPROVE of a high-risk request becomes: a second person approves.
  row("REQUESTED", "ENDORSE", "REQUESTED", "STEWARD"),
  row("REQUESTED", "APPROVE", "APPROVED", "STEWARD"),
  row("REQUESTED", "REFUSE", "REFUSED", "STEWARD"),
  row("REQUESTED", "WITHDRAW", "WITHDRAWN", "APPLICANT"),
  row("REQUESTED", "LAPSE", "LAPSED", "CLOCK"),
  row("INFO_NEEDED", "ANSWER", "REQUESTED", "APPLICANT"),
  row("INFO_NEEDED", "REFUSE", "REFUSED", "STEWARD"),
  row("INFO_NEEDED", "WITHDRAW", "WITHDRAWN", "APPLICANT"),
  row("INFO_NEEDED", "LAPSE", "LAPSED", "CLOCK"),
  // The applicant accepts price and conditions; what has neither begins by itself.
  row("APPROVED", "ACTIVATE", "ACTIVE", "APPLICANT", "CLOCK"),
  row("APPROVED", "WITHDRAW", "WITHDRAWN", "APPLICANT"),
  row("APPROVED", "REVOKE", "REVOKED", "STEWARD"),
  row("APPROVED", "LAPSE", "LAPSED", "CLOCK"),
  row("ACTIVE", "SUSPEND", "SUSPENDED", "STEWARD"),
  row("ACTIVE", "REVOKE", "REVOKED", "STEWARD"),
  row("ACTIVE", "SURRENDER", "WITHDRAWN", "APPLICANT"),
  row("ACTIVE", "EXPIRE", "EXPIRED", "CLOCK"),
  row("SUSPENDED", "RESUME", "ACTIVE", "STEWARD"),
  row("SUSPENDED", "REVOKE", "REVOKED", "STEWARD"),
  row("SUSPENDED", "SURRENDER", "WITHDRAWN", "APPLICANT"),
  row("SUSPENDED", "EXPIRE", "EXPIRED", "CLOCK"),
  // Once; somebody else than who refused decides.
  row("REFUSED", "APPEAL", "REQUESTED", "APPLICANT"),
];

const table = new Map(TRANSITIONS.map((one) => [`${one.from} ${one.action}`, one]));

/** Where an action leads from a state; null: the machine has no such step. */
export const next = (state: LicenceState | "NONE", action: LicenceAction): Transition | null =>
  table.get(`${state} ${action}`) ?? null;

/**
 * What a side may do in a state, in the order of the table. ENDORSE is not among them: it is what APPROVE becomes.
 * @param appealed whether the request was appealed before: that is possible once
 */
export function actionsOf(state: LicenceState, side: Side, appealed = false): LicenceAction[] {
  return TRANSITIONS.filter(
    ({ from, action, by }) =>
      from === state && by.includes(side) && action !== "ENDORSE" && !(action === "APPEAL" && appealed),
  ).map(({ action }) => action);
}
