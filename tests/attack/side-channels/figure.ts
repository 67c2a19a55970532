import type { Stage } from "../../support/stage/stage.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { breakFunction, onStage } from "../support/stages.ts";
import { unscheduled } from "./readable.ts";
import { makeWorld, SCHEDULE_SECONDS, type World } from "./world.ts";

const UNITS = 60;
const MORE = 1000;

type Put = (stage: Stage) => Promise<unknown>;

/** Both worlds, made side by side with the same fault. */
const worlds = (arena: Arena, put: Put): Promise<[World, World]> =>
  Promise.all([onWorld(arena, put, UNITS), onWorld(arena, put, UNITS + MORE)]);

const onWorld = (arena: Arena, put: Put, units: number): Promise<World> =>
  onStage(arena, async (stage) => {
    await put(stage);
    return makeWorld(stage, units);
  });

/** By what the worlds can be told apart, and instants that are not on the schedule. */
function compare(one: World, other: World): string[] {
  const broken: string[] = [];
  const names = [...new Set([...one.told.keys(), ...other.told.keys()])];
  for (const name of names) {
    const [a, b] = [one, other].map(({ told }) =>
      (told.get(name) ?? []).map((row) => unscheduled(row, SCHEDULE_SECONDS)),
    );
    const odd = [...(a ?? []), ...(b ?? [])].flatMap((row) => row.odd);
    if (odd.length > 0) broken.push(`${name} tells ${odd.length} times, as ${odd[0]}`);
    const [left, right] = [a, b].map((rows) => rows?.map(({ rest }) => rest).sort() ?? []);
    if (left?.join("\n") !== right?.join("\n")) {
      broken.push(`${name} differs: ${left?.find((row) => !right?.includes(row))?.slice(0, 200) ?? "fewer rows"}`);
    }
  }
  if (one.log.join("\n") !== other.log.join("\n")) {
    broken.push(
      `the log differs: ${one.log.find((line) => !other.log.includes(line))?.slice(0, 200) ?? "fewer lines"}`,
    );
  }
  return broken;
}

const COMMIT = "open.commit_slot(uuid,bigint[],integer[],boolean[])";

const MUTANTS: readonly { name: string; put: Put }[] = [
  {
    name: "published when it is committed",
    put: ({ hub }) =>
      hub.query(
        `CREATE OR REPLACE FUNCTION open.next_slot(p_schedule_seconds integer) RETURNS timestamptz
         LANGUAGE sql VOLATILE SET search_path = pg_catalog AS 'SELECT now()'`,
      ),
  },
  {
    name: "a view shows when a slot was reserved",
    put: ({ hub }) =>
      hub.query(
        `CREATE VIEW open.published_slot AS SELECT plan, window_start, reserved_at FROM ledger.slot;
         GRANT SELECT ON open.published_slot TO madang_api`,
      ),
  },
  {
    name: "times of debits are readable",
    put: ({ hub }) => hub.query("GRANT SELECT ON ledger.debit TO madang_api"),
  },
  {
    name: "low values are withheld",
    put: ({ hub }) =>
      breakFunction(
        hub,
        COMMIT,
        `CASE WHEN NOT silent THEN value END,
           CASE WHEN silent THEN 'FEED_SILENT' END`,
        `CASE WHEN value > 30 THEN value END,
           CASE WHEN value <= 30 THEN 'FEED_SILENT' END`,
      ),
  },
];

async function run(arena: Arena): Promise<Finding> {
  const [quiet, busy] = await worlds(arena, async () => {});
  const broken = compare(quiet, busy);
  arena.progress(broken.join("; ") || "the same");
  const mutants: MutantOutcome[] = [];
  for (const { name, put } of MUTANTS) {
    const seen = compare(...(await worlds(arena, put)));
    arena.progress(`${name}: ${seen.join("; ")}`);
    mutants.push({ name, killed: seen.length > 0 });
  }
  const rows = [...quiet.told.values()].reduce((sum, of) => sum + of.length, 0);
  return {
    value: `${broken.length} differences in ${quiet.told.size} tables and addresses, ${rows} rows${broken.map((text) => `; ${text}`).join("")}`,
    pass: broken.length === 0,
    controls: [
      { name: "the restricted database tells the worlds apart", held: quiet.exact !== busy.exact },
      { name: "releases, values and leaves were compared", held: rows > 24 * 3 },
    ],
    mutants,
  };
}

export const figures: readonly Figure[] = [
  {
    name: "side-channels",
    title: "what the API's role and the front door tell of two worlds that differ by 1000 units, and when",
    target: "the same but for noise; only scheduled times",
    rules: ["P12", "P4", "P5"],
    needs: "hub",
    fast: false,
    run,
  },
];
