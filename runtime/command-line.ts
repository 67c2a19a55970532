import { type ParseArgsConfig, parseArgs } from "node:util";

const DONE = 0;
const FAILED = 1;
const WRONG_USE = 2;

/** What was typed cannot be understood; the message says what and is for people. */
export class WrongUse extends Error {}

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>["values"];

/**
 * Reads a verb and its options.
 * @param allowed the names of the options that belong to each verb
 * @returns null when help is asked for
 * @throws WrongUse for an unknown verb or option, a word too many, an option of another verb
 */
export function readVerb<O extends Options, V extends string>(
  args: readonly string[],
  options: O,
  allowed: Readonly<Record<V, readonly string[]>>,
): { verb: V; values: Values<O> } | null {
  const { values, positionals } = parse(args, options);
  const [verb, ...rest] = positionals;
  if (verb === "help" || "help" in values) return null;
  const known = (Object.keys(allowed) as V[]).find((one) => one === verb);
  if (known === undefined) throw new WrongUse(verb === undefined ? "Say what to do." : `"${verb}" is not a command.`);
  if (rest.length > 0) throw new WrongUse(`"${rest[0]}" is one word too many.`);
  const foreign = Object.keys(values).find((name) => !allowed[known].includes(name));
  if (foreign !== undefined) throw new WrongUse(`--${foreign} does not belong to ${verb}.`);
  return { verb: known, values: values as Values<O> };
}

function parse(args: readonly string[], options: Options) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
}

/** @throws WrongUse for an option that is not given, or empty */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined || value.trim() === "") throw new WrongUse(`--${name} is missing.`);
  return value.trim();
}

/**
 * Runs an operator's command to its end.
 * @param read answers null when help is asked for
 * @param run does the work; what it throws is told as `sentence` puts it
 * @returns the exit code: 0 done, 1 failed, 2 wrong use
 */
export async function runCommand<C>(
  args: readonly string[],
  usage: string,
  read: (args: readonly string[]) => C | null,
  run: (command: C) => Promise<void>,
  sentence: (error: unknown) => string,
): Promise<number> {
  let command: C | null;
  try {
    command = read(args);
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    return WRONG_USE;
  }
  if (command === null) {
    process.stdout.write(`${usage}\n`);
    return DONE;
  }
  try {
    await run(command);
    return DONE;
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`);
    return FAILED;
  }
}
