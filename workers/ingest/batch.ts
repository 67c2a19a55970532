import type { Envelope } from "../../core/edge/envelope.ts";
import type { ErrorCode, RowReason } from "../../core/errors.ts";
import type { Feed } from "./catalogue.ts";
import type { Counter, Fact, Pseudonymous, PseudonymousReport } from "./rows.ts";

/** A pending batch as it stands in the inbox. */
export type Pending = Envelope & {
  readonly receivedAt: Date;
  readonly endsDay: boolean;
  readonly dayState: "OPEN" | "SEALED" | null;
  readonly enc: Buffer | null;
  readonly sealed: Buffer | null;
};

/** A reading that was refused, sealed again. */
export type Quarantined = {
  readonly reading: number;
  readonly reason: RowReason;
  readonly field: string | null;
  readonly enc: Buffer;
  readonly sealed: Buffer;
};

/** A batch that was opened, judged and pseudonymised: all that is left is to write it. */
export type Prepared = {
  readonly batch: Pending;
  readonly feed: Feed;
  readonly readings: number;
  readonly contributions: readonly Pseudonymous[];
  readonly counters: readonly Counter[];
  readonly heartbeats: readonly number[];
  readonly facts: readonly Fact[];
  readonly reports: readonly PseudonymousReport[];
  readonly quarantined: readonly Quarantined[];
  /** Seals one more reading: for what only the locked day can tell. */
  readonly sealAgain: (reading: number) => { enc: Buffer; ciphertext: Buffer };
  /** Days that never opened and never will: what belongs to them is refused. */
  readonly closedDays: ReadonlySet<string>;
};

/** A batch that must wait: these days of its population are not open yet. */
export type Wait = { readonly kind: "wait"; readonly batch: Pending; readonly days: readonly string[] };

/** A batch that is refused as a whole; its payload stays sealed as it is. */
export type Refuse = { readonly kind: "refuse"; readonly batch: Pending; readonly reason: ErrorCode };
