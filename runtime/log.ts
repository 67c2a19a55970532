import { pino } from "pino";

export type Log = pino.Logger;

/**
 * A structured log on standard output: one JSON line an event, fixed event names, no identifier, no payload.
 *
 * An error is written as its class and code only: messages of drivers quote row values (privacy rule P11).
 */
export function createLog(name: string, level: string): Log {
  return pino({
    name,
    level,
    base: { process: name },
    timestamp: pino.stdTimeFunctions.isoTime,
    // pino takes the message of the value under `errorKey` for its own: no value is ever under this one.
    errorKey: "unsafe",
    hooks: {
      logMethod([first, ...rest], method) {
        method.apply(this, first instanceof Error ? [{ err: first }, ...rest] : [first, ...rest]);
      },
    },
    serializers: { err: safeError },
  });
}

function safeError(error: unknown): { type: string; code?: string; at?: string } {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code;
  const at = error.stack?.split("\n").find((line) => line.startsWith("    at "));
  return {
    type: error.name,
    ...(typeof code === "string" && { code }),
    ...(at !== undefined && { at: at.trim() }),
  };
}
