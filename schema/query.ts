import type { QueryResultRow } from "pg";
import { statement } from "../runtime/sql.ts";
import type { Context } from "./context.ts";

/**
 * A question to the hub database, named by its `.sql` file and prepared on each connection.
 * @returns a function from the context and the parameters to the rows
 */
export function query<Row extends QueryResultRow, Parameters extends readonly unknown[]>(url: URL) {
  const prepared = statement(url);
  return async ({ hub }: Pick<Context, "hub">, ...values: Parameters): Promise<Row[]> =>
    (await hub.query<Row>({ ...prepared, values: [...values] })).rows;
}
