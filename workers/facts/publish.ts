import { inTransaction, isTransient, type Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";

const WAITING = statement(new URL("./waiting-facts.sql", import.meta.url));
const PUBLISH = statement(new URL("./publish-facts.sql", import.meta.url));
const FACTS_LOCK = 7305;
/** Facts of things become visible at whole minutes, like the shortest releases. */
export const SCHEDULE_SECONDS = 60;
const AT_ONCE = 500;

type Fact = { id: string; class: string; fact: string };

/**
 * Publishes the oldest facts that wait, in order, and marks them: published, or refused with the database's code and
 * nothing else. One copy of the worker at a time; a crash in between repeats facts, which changes nothing.
 * @returns how many were taken; 0 also while another copy works
 * @throws database errors that end with time; the facts wait
 */
export function publishFacts(hub: Pool, edge: Pool, limit = AT_ONCE): Promise<number> {
  return inTransaction(edge, async (client) => {
    const lock = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_xact_lock($1, 0) AS mine", [FACTS_LOCK]);
    if (lock.rows[0]?.mine !== true) return 0;
    const { rows: facts } = await client.query<Fact>({ ...WAITING, values: [limit] });
    if (facts.length === 0) return 0;
    const refused = await publishAll(hub, facts);
    const ids = facts.map((fact) => fact.id);
    await client.query(
      `UPDATE edge.fact f SET published = r.code IS NULL, refused = r.code
         FROM unnest($1::uuid[], $2::text[]) AS r (id, code) WHERE f.id = r.id`,
      [ids, ids.map((id) => refused.get(id) ?? null)],
    );
    return facts.length;
  });
}

/** Publishes all at once, or one by one where one of them is refused; answers the codes of those. */
async function publishAll(hub: Pool, facts: readonly Fact[]): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  const publish = (some: readonly Fact[]) =>
    hub.query({
      ...PUBLISH,
      values: [some.map((fact) => fact.class), some.map((fact) => fact.fact), SCHEDULE_SECONDS],
    });
  try {
    await publish(facts);
    return refused;
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  for (const fact of facts) {
    try {
      await publish([fact]);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.set(fact.id, error.code);
    }
  }
  return refused;
}

/** An error that this very fact causes: of our function (MD005), of data (22…) or of a constraint (23…). */
export function isRefusal(error: unknown): error is { code: string } {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && !isTransient(error) && /^(MD005|22...|23...)$/.test(code);
}
