import { mutate } from "../../../core/testing/mutant.ts";
import { createPool } from "../../../runtime/postgres.ts";
import { judgeTime } from "../../../workers/ingest/scene.ts";
import { openContext } from "../../support/stage/context.ts";
import type { Stage } from "../../support/stage/stage.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { breakFunction, onStage } from "../support/stages.ts";
import { deliverLate, makeGround, type Outcome, raceTheSeal, releasedOf, tryAll } from "./attempts.ts";
import { tryTimes } from "./times.ts";

const TIMES = { full: 100_000, fast: 2_000 } as const;

type Seen = { tried: readonly Outcome[]; broken: string[] };

/** Everything that is tried on one pair of databases. */
function attack(arena: Arena, put: (stage: Stage) => Promise<unknown> = async () => {}): Promise<Seen> {
  return onStage(arena, async (stage) => {
    const release = openContext(stage.addresses("madang_release"));
    const ingest = createPool(stage.addresses("madang_ingest").edge, { name: "late", max: 16 });
    try {
      const ground = await makeGround(stage, ingest, release);
      await put(stage);
      const before = await releasedOf(ground);
      const accepted = await deliverLate(ground);
      const tried = await tryAll(ground);
      const outlived = await raceTheSeal(ground);
      const broken = tried.filter(({ code }) => code === null).map(({ what }) => `${what} got through`);
      if (accepted > 0) broken.push(`${accepted} late rows were taken`);
      if (outlived !== 0) broken.push(`${outlived} rows outlived the seal of their day`);
      if ((await releasedOf(ground)) !== before) broken.push("what was released changed");
      return { tried, broken };
    } finally {
      await Promise.all([release.close(), ingest.end()]);
    }
  });
}

const TAKES = "edge.check_takes(integer,date[],timestamptz[])";
const FROZEN = "OR u.first < p.frozen_until";

const MUTANTS: readonly { name: string; put: (stage: Stage) => Promise<unknown> }[] = [
  {
    name: "no limit of two open days",
    put: ({ edge }) => edge.query("DROP TRIGGER two_open_days ON edge.population_day"),
  },
  {
    name: "a sealed day may open again",
    put: ({ edge }) => edge.query("DROP TRIGGER stays_sealed ON edge.population_day"),
  },
  { name: "frozen windows may thaw", put: ({ edge }) => edge.query("DROP TRIGGER stays_frozen ON edge.plan_day") },
  {
    // All windows of a sealed day are frozen, too: each of the two looks alone suffices.
    name: "rows of sealed days are taken",
    put: async ({ edge }) => {
      await breakFunction(edge, TAKES, "d.state IS DISTINCT FROM 'OPEN'", "d.state IS NULL");
      await breakFunction(edge, TAKES, FROZEN, `OR (d.state = 'OPEN' AND u.first < p.frozen_until)`);
    },
  },
  { name: "rows of frozen windows are taken", put: ({ edge }) => breakFunction(edge, TAKES, FROZEN, "") },
  {
    name: "ingest may write into the tables",
    put: ({ edge }) => edge.query("GRANT INSERT ON edge.contribution, edge.counter TO madang_ingest"),
  },
];

const SCENE = new URL("../../../workers/ingest/scene.ts", import.meta.url);
const LAX = { name: "backfills of another day", from: "=== backfillDay ?", to: "!== null ?" };

async function run(arena: Arena): Promise<Finding> {
  const { tried, broken } = await attack(arena);
  const times = tryTimes(judgeTime, TIMES[arena.size]);
  const mutants: MutantOutcome[] = [];
  for (const { name, put } of MUTANTS) {
    const seen = await attack(arena, put);
    arena.progress(`${name}: ${seen.broken.join("; ")}`);
    mutants.push({ name, killed: seen.broken.length > 0 });
  }
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
