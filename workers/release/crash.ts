/**
 * Where a release may be cut off, in the order of its steps (architecture §2). A test names one in `MADANG_CRASH_AT`;
 * the process then ends there as by kill −9, without any cleaning up.
 *
 * - `open.debited`: the day's debits stand in the hub, the day is not open in the edge database
 * - `reserve.done` (A): slots are reserved, nothing is frozen
 * - `freeze.bounded`, `freeze.drawn` (B): inside the transaction, before and after the draw
 * - `freeze.committed` (B): drawn, not copied
 * - `commit.done` (C): copied, the frozen counts still there
 * - `forget.done` (D)
 * - `seal.counted`: inside the sealing transaction; `seal.committed`: sealed, the key still there
 * - `seal.key_destroyed`: destroyed in the keyring, not noted; `seal.dropped`: chunks dropped, not noted
 */
export const CRASH_POINTS = [
  "open.debited",
  "reserve.done",
  "freeze.bounded",
  "freeze.drawn",
  "freeze.committed",
  "commit.done",
  "forget.done",
  "seal.counted",
  "seal.committed",
  "seal.key_destroyed",
  "seal.dropped",
] as const;

/** Where the opening of a correction may be cut off: before and after its transaction in the edge database. */
export const CORRECTION_CRASH_POINTS = ["correction.debited", "correction.opened"] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number] | (typeof CORRECTION_CRASH_POINTS)[number];
export type Crash = (point: CrashPoint) => void;

/** Ends this process with SIGKILL at the armed point; without one it does nothing. */
export function armCrash(armed: CrashPoint | undefined): Crash {
  return (point) => {
    if (point === armed) process.kill(process.pid, "SIGKILL");
  };
}
