import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** A prepared statement: its text and a name by which the server keeps the plan. */
export type Statement = { name: string; text: string };

/**
 * Loads a `.sql` file once, named after the question that it answers.
 * @param url `new URL("./name.sql", import.meta.url)`
 * @throws when the file cannot be read
 */
export function statement(url: URL): Statement {
  return { name: basename(url.pathname, ".sql"), text: readFileSync(url, "utf8") };
}
