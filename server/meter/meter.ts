/** Who uses a licence: those callers share its quota and its rate fairly. */
export type Caller = { kind: "KEY" | "PERSON" | "CLIENT"; id: string };

/** What is metered: a licence, whose quota counts by the calendar month of its city. */
export type Metered = {
  licence: string;
  organization: string;
  /** units a month as granted; what an earlier month carries over is added here */
  quota: number;
  /** IANA name of the city's time zone */
  timeZone: string;
};

/** What was answered: one unit is one released value or one row of facts. */
export type Usage = { dataset: string; operation: Operation; units: number };
export type Operation = "query" | "export" | "example";

/** What an answer says of its cost, in units: `extensions.cost`. `resetAt` is RFC 3339. */
export type Cost = { requested: number; actual: number; remaining: number; resetAt: string };

/** A promise of the meter that so many units of the quota are kept for one request, for 60 seconds. */
export type Reservation = {
  /** UUID version 7: the id of the usage events that it settles to. An answer carries it in the header `madang-usage`. */
  readonly id: string;
  /**
   * Counts what was answered. Resolves once the events are committed in PostgreSQL: the answer's last byte is sent after
   * that, and never when this rejects. Repeated it changes nothing.
   * @throws HubError QUOTA_EXCEEDED when it came to more than was left, ACCESS_UNCONFIRMED when it cannot be recorded
   */
  settle(usages: readonly Usage[]): Promise<Cost>;
  /** Gives everything back: nothing was answered. */
  release(): Promise<void>;
};

export type Meter = {
  /**
   * @param estimate units that the request may come to, at least 1
   * @throws HubError QUOTA_EXCEEDED, RATE_LIMITED (both say when to come back), ACCESS_UNCONFIRMED while the meter cannot count
   */
  reserve(metered: Metered, estimate: number, caller: Caller): Promise<Reservation>;
  close(): Promise<void>;
};
