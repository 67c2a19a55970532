import { mutate } from "../../../core/testing/mutant.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { judgeTime } from "../../../workers/ingest/scene.ts";
import type { Context } from "../../../workers/release/context.ts";
import { openContext } from "../../support/stage/context.ts";
import type { Stage } from "../../support/stage/stage.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { breakFunction, onStage, type Undo } from "../support/stages.ts";
import { deliverLate, makeGround, type Outcome, raceTheSeal, releasedOf, tryAll } from "./attempts.ts";
import { tryTimes } from "./times.ts";

const TIMES = { full: 100_000, fast: 2_000 } as const;

type Seen = { tried: readonly Outcome[]; broken: string[] };

type Ring = { stage: Stage; ingest: Pool; release: Context };

/** Everything that is tried on a population of its own. */
async function attack({ stage, ingest, release }: Ring, put: (stage: Stage) => Promise<Undo>): Promise<Seen> {
  const ground = await makeGround(stage, ingest, release);
  const undo = await put(stage);
  const before = await releasedOf(ground);
  const accepted = await deliverLate(ground);
  const tried = await tryAll(ground);
  const outlived = await raceTheSeal(ground);
  const broken = tried.filter(({ code }) => code === null).map(({ what }) => `${what} got through`);
  if (accepted > 0) broken.push(`${accepted} late rows were taken`);
  if (outlived !== 0) broken.push(`${outlived} rows outlived the seal of their day`);
  if ((await releasedOf(ground)) !== before) broken.push("what was released changed");
  await undo();
  return { tried, broken };
}

/** A pair of throw-away databases, with the pools of the two workers. */
function inRing<T>(arena: Arena, work: (ring: Ring) => Promise<T>): Promise<T> {
  return onStage(arena, async (stage) => {
    const release = openContext(stage.addresses("madang_release"));
    const ingest = createPool(stage.addresses("madang_ingest").edge, { name: "late", max: 16 });
    try {
      return await work({ stage, ingest, release });
    } finally {
      await Promise.all([release.close(), ingest.end()]);
    }
  });
}

const without =
  (table: string, trigger: string) =>
  async ({ edge }: Stage): Promise<Undo> => {
    await edge.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
    return async () => void (await edge.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`));
  };

const TAKES = "edge.check_takes(integer,date[],timestamptz[])";
const FROZEN = "OR u.first < p.frozen_until";

const MUTANTS: readonly { name: string; put: (stage: Stage) => Promise<Undo> }[] = [
  {
    name: "no limit of two open days",
    put: without("edge.population_day", "two_open_days"),
  },
  {
    name: "a sealed day may open again",
    put: without("edge.population_day", "stays_sealed"),
  },
  { name: "frozen windows may thaw", put: without("edge.plan_day", "stays_frozen") },
  {
    // All windows of a sealed day are frozen, too: each of the two looks alone suffices.
    name: "rows of sealed days are taken",
    put: async ({ edge }) => {
      const undo = await breakFunction(edge, TAKES, "d.state IS DISTINCT FROM 'OPEN'", "d.state IS NULL");
      await breakFunction(edge, TAKES, FROZEN, `OR (d.state = 'OPEN' AND u.first < p.frozen_until)`);
      return undo;
    },
  },
  { name: "rows of frozen windows are taken", put: ({ edge }) => breakFunction(edge, TAKES, FROZEN, "") },
  {
    name: "ingest may write into the tables",
    put: async ({ edge }) => {
      await edge.query("GRANT INSERT ON edge.contribution, edge.counter TO madang_ingest");
      return async () => void (await edge.query("REVOKE INSERT ON edge.contribution, edge.counter FROM madang_ingest"));
    },
  },
];

const SCENE = new URL("../../../workers/ingest/scene.ts", import.meta.url);
const LAX = { name: "backfills of another day", from: "=== backfillDay ?", to: "!== null ?" };

async function run(arena: Arena): Promise<Finding> {
  const times = tryTimes(judgeTime, TIMES[arena.size]);
  const { tried, broken, mutants } = await inRing(arena, async (ring) => {
    const own = await attack(ring, async () => async () => {});
    const mutants: MutantOutcome[] = [];
    for (const { name, put } of MUTANTS) {
      const seen = await attack(ring, put);
      arena.progress(`${name}: ${seen.broken.join("; ")}`);
      mutants.push({ name, killed: seen.broken.length > 0 });
    }
    return { ...own, mutants };
  });
  const lax = await mutate<{ judgeTime: typeof judgeTime }>(SCENE, LAX);
  mutants.push({ name: LAX.name, killed: tryTimes(lax.judgeTime, 100).wrong > 0 });
  const refused = tried.filter(({ code }) => code !== null).length;
  return {
    value: [
      `${refused} of ${tried.length} attempts refused by the database`,
      `${times.wrong} of ${times.tried} event times misjudged`,
      ...broken,
    ].join("; "),
    pass: broken.length === 0 && times.wrong === 0,
    controls: [{ name: "attempts were made", held: tried.length >= 12 }],
    mutants,
  };
}

export const figures: readonly Figure[] = [
  {
    name: "late",
    title: "late and future rows, sealed days, days open at once, backfill days",
    target: "all refused by the database; nothing released changes",
    rules: ["P3", "P8", "P19"],
    needs: "hub",
    fast: true,
    run,
  },
];
