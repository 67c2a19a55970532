/** Exit codes of every command of the launcher. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

/** A fault that a person can do something about: its message is printed alone, without a stack. */
export class Refusal extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message);
    this.name = "Refusal";
    this.exitCode = exitCode;
  }
}

const DISK_FULL = /ENOSPC|No space left on device/i;
const NO_RIGHT = /\bEACCES\b|\bEROFS\b/;

/** The sentence for a person, for any error. A full disk and a missing right have one each. */
export function explain(error: unknown): string {
  if (error instanceof Refusal && !DISK_FULL.test(error.message)) return error.message;
  const text =
    error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? ""} ${error.message}` : String(error);
  if (DISK_FULL.test(text)) return "The disk is full. Free at least 2 GB and run the command again.";
  if (NO_RIGHT.test(text)) return `A right is missing: ${error instanceof Error ? error.message : text}`;
  return error instanceof Error ? (error.stack ?? error.message) : text;
}
