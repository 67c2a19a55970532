import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { ROLES } from "../../../prisma/roles.ts";
import { asRole } from "../../support/databases.ts";
import type { HubEnvironment } from "../../support/environment.ts";
import { openStage } from "../../support/stage/stage.ts";
import type { Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { entersWith, isAllowed, look, type Touch } from "./attack.ts";

const API = "madang_api";

/** Rights that are given on purpose, in a throw-away database; each must be found, by the catalogue and by trying; a deed by trying. */
const GRANTS: readonly {
  readonly name: string;
  readonly sql: string;
  readonly found: Pick<Touch, "name" | "right">;
}[] = [
  {
    name: "GRANT SELECT on the ledger's slots",
    sql: `GRANT SELECT ON ledger.slot TO ${API}`,
    found: { name: "ledger.slot", right: "SELECT" },
  },
  {
    name: "GRANT DELETE on what is released",
    sql: `GRANT DELETE ON open.release TO ${API}`,
    found: { name: "open.release", right: "DELETE" },
  },
  {
    name: "a function with its owner's rights that everybody may call",
    sql: `CREATE FUNCTION hub.planted() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM hub.device_key';
          GRANT EXECUTE ON FUNCTION hub.planted() TO PUBLIC`,
    found: { name: "hub.planted()", right: "EXECUTE" },
  },
  {
    name: "GRANT SELECT on the hashes of keys",
    sql: `GRANT SELECT (hash) ON market.api_key TO ${API}`,
    found: { name: "read hashes of keys", right: "DONE" },
  },
];

/** How many ways find a right: nothing but trying tells of a deed. */
const ways = ({ right }: Pick<Touch, "right">): number => (right === "DONE" ? 1 : 2);

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
const databaseOf = (url: string): string => new URL(url).pathname.slice(1);
const at = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href;
const words = ({ kind, name, right, by }: Touch): string => `${right} on ${kind} ${name} (${by})`;

/** The edge cluster with a role of the API's that may connect and read: found, or the attack would be blind there. */
async function edgeMutant(edge: string, stage: string, password: string): Promise<MutantOutcome> {
  const role = `planted_${randomBytes(4).toString("hex")}`;
  return withClient(at(edge, stage), async (admin) => {
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
    try {
      await admin.query(`GRANT USAGE ON SCHEMA edge TO ${role}; GRANT SELECT ON edge.contribution TO ${role}`);
      const login = asRole(at(edge, stage), role, password);
      const { touches } = await look(admin, login, role);
      const reads = touches.filter(({ name, right }) => name === "edge.contribution" && right === "SELECT");
      return { name: "GRANT SELECT on edge.contribution", killed: (await entersWith(login)) && reads.length === 2 };
    } finally {
      await admin.query(`DROP OWNED BY ${role}`);
      await admin.query(`DROP ROLE ${role}`);
    }
  });
}

async function run(hub: HubEnvironment): Promise<Finding> {
  const secrets = JSON.parse(readFileSync(join(hub.home, "secrets.json"), "utf8")) as { roles: Record<string, string> };
  const password = secrets.roles[API] ?? "";
  const name = databaseOf(hub.hubDatabase);
  const seen = await withClient(hub.hubDatabase, (admin) => look(admin, asRole(hub.hubDatabase, API, password), API));
  const outside = seen.touches.filter((touch) => !isAllowed(touch, name)).map(words);

  // The edge cluster: no login under any name. The hub's others: none that the API may enter.
  const logins = [...ROLES, new URL(hub.edgeDatabase).username, "postgres"].flatMap((role) =>
    [databaseOf(hub.edgeDatabase), "postgres", "template1"].map((database) => ({ role, database })),
  );
  for (const { role, database } of logins)
    if (await entersWith(asRole(at(hub.edgeDatabase, database), role, password)))
      outside.push(`edge: ${role} at ${database}`);
  for (const database of ["postgres", "template1"])
    if (await entersWith(asRole(at(hub.hubDatabase, database), API, password))) outside.push(`hub: ${database}`);

  const stage = await openStage({ hub: hub.hubDatabase, edge: hub.edgeDatabase });
  const mutants: MutantOutcome[] = [];
  let blind = true;
  try {
    const { hub: stageHub, edge: stageEdge } = stage.addresses(API);
    const url = at(hub.hubDatabase, databaseOf(stageHub));
    await withClient(url, async (admin) => {
      const login = asRole(url, API, password);
      const isFound = (touches: readonly Touch[], { name, right }: Pick<Touch, "name" | "right">): number =>
        new Set(touches.filter((touch) => touch.name === name && touch.right === right).map(({ by }) => by)).size;
      const before = await look(admin, login, API);
      for (const { sql } of GRANTS) await admin.query(sql);
      const after = await look(admin, login, API);
      for (const { name, found } of GRANTS)
        mutants.push({
          name,
          killed: isFound(before.touches, found) === 0 && isFound(after.touches, found) === ways(found),
        });
      blind = isFound(before.touches, { name: "open.published_release", right: "SELECT" }) !== 2;
    });
    mutants.push(await edgeMutant(hub.edgeDatabase, databaseOf(stageEdge), password));
  } finally {
    await stage.close();
  }
  return {
    value:
      outside.length === 0
        ? `0 of ${seen.objects} objects (${seen.trials} trials in the hub cluster, ${logins.length} logins at the edge cluster refused)`
        : `${outside.length}: ${outside.slice(0, 12).join("; ")}`,
    pass: outside.length === 0,
    controls: [{ name: "what the API may read is found, by the catalogue and by trying", held: !blind }],
    mutants,
  };
}

export const figures: readonly Figure[] = [
  {
    name: "privileges",
    title: "objects the API role can touch outside `open` and its hub tables",
    target: "0",
    rules: ["P2", "P11"],
    needs: "hub",
    fast: true,
    run: ({ hub }) => run(hub),
  },
];
