import type { Stage } from "../../support/stage/stage.ts";

/** What can be read, by the name of a table or an address: rows as JSON, the same in every world but for noise. */
export type Told = Map<string, string[]>;

/** Names of columns that are noise or made of it: their presence is compared, their value is not. */
const NOISED = new Set([
  ...["value", "digest", "hash", "sha256", "signed", "lower95", "upper95"],
  // Entries of the log hold digests, and stand in the order of their hashes.
  ...["entry", "leaf_hash", "leaf_index", "logIndex", "root", "note", "verifier_key"],
]);
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Every row and column of the hub's database that the API's role may read.
 * @param slug of the city: it is drawn by chance, and taken out
 */
export async function readable({ hub }: Stage, slug: string): Promise<Told> {
  const { rows } = await hub.query<{ name: string; columns: string[] }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name, array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE n.nspname IN ('hub', 'open', 'ledger') AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
        AND has_column_privilege('madang_api', c.oid, a.attnum, 'SELECT')
      GROUP BY 1 ORDER BY 1`,
  );
  const told: Told = new Map();
  for (const { name, columns } of rows) {
    const found = await hub.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(r) AS row FROM (SELECT ${columns.join(", ")} FROM ${name}) AS r`,
    );
    told.set(name, found.rows.map(({ row }) => text(row, slug)).sort());
  }
  return told;
}

/** JSON without what differs between two worlds that are the same: noise, ids by chance, the name of the city. */
export const text = (of: unknown, slug: string): string =>
  JSON.stringify(of, (key, value: unknown) => (NOISED.has(key) && value !== null ? "noise" : value))
    .replaceAll(slug, "CITY")
    .replaceAll(UUID, "UUID");

const INSTANT = /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g;

/**
 * The same text with every instant of the publication schedule taken out: when a world was made differs.
 * @returns null for the instants where one is not on the schedule, nor of the released day: a time of our work
 */
export function unscheduled(row: string, scheduleSeconds: number): { rest: string; odd: string[] } {
  const odd: string[] = [];
  const rest = row.replaceAll(INSTANT, (instant) => {
    const at = Date.parse(instant);
    // Windows lie in the past for good: they are compared as they are.
    if (at < Date.now() - 7 * 86_400_000) return instant;
    if (at % (scheduleSeconds * 1000) !== 0) odd.push(instant);
    return "SCHEDULED";
  });
  return { rest, odd };
}
