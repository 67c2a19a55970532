import { sampleVector } from "../../../core/privacy/laplace.ts";
import { addDays, dayBounds, localDay } from "../../../core/time.ts";
import { makeCity } from "../../support/city.ts";
import { openDatabases } from "../../support/databases.ts";
import { published, release } from "../../support/released.ts";
import { openHouse } from "../../support/stage/house.ts";
import type { Arena, Figure, Finding } from "../support/figure.ts";
import { onStage } from "../support/stages.ts";
import { heldOf, QUARTER, releasedByWorker, SPEC, TRUTH, targetOf, ZONE } from "./released-day.ts";
import { sendTickets } from "./tickets.ts";
import { askOften } from "./ways.ts";

const ASKED = { full: 1000, fast: 90 } as const;
const OF_A_MUTANT = 45;
/** The same city on a throw-away hub with a front door of its own, whose view draws noise when it is read. */
async function noiseAtQueryTime(arena: Arena, asked: number): Promise<number[]> {
  return onStage(arena, async (stage) => {
    const city = await makeCity(stage.hub, SPEC);
    const plan = city.plans["flow"]?.number ?? 0;
    const start = dayBounds(addDays(localDay(Date.now(), ZONE), -2), ZONE).from;
    for (let n = 0; n < 4; n++) {
      const window = { from: start + n * QUARTER, to: start + (n + 1) * QUARTER };
      await release(stage.hub, plan, window, ZONE, [TRUTH, TRUTH, TRUTH]);
    }
    await published();
    const { rows } = await stage.hub.query<{ text: string }>(
      "SELECT pg_get_viewdef('open.published_observation'::regclass) AS text",
    );
    const text = rows[0]?.text ?? "";
    const noisy = text.replace(/\bvalue\b/, "(value + floor(random() * 41)::integer - 20) AS value");
    if (noisy === text) throw new Error("the view has no value any more");
    await stage.hub.query(`CREATE OR REPLACE VIEW open.published_observation AS ${noisy}`);
    const house = await openHouse();
    try {
      const url = await house.front(stage.addresses("madang_api").hub);
      return await askOften(targetOf(city, url, start), asked);
    } finally {
      await house.close();
    }
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** How much nearer the mean of fresh draws comes than one of them, in standard deviations of the noise. */
function averagesOut(scale: { n: number; d: number }, times: number): boolean {
  const t = scale.n / scale.d;
  const sd = Math.SQRT2 * t;
  return Math.abs(mean(sampleVector(times, scale))) < (6 * sd) / Math.sqrt(times);
}

async function run(arena: Arena): Promise<Finding> {
  const asked = ASKED[arena.size];
  const databases = openDatabases(arena.hub);
  try {
    const { target, plan, scene, day } = await releasedByWorker(databases, arena.hub.url);
    const before = await heldOf(databases, plan);
    const answers = await askOften(target, asked);
    arena.progress(`${answers.length} answers`);
    const tickets = await sendTickets(arena.hub.redis, `${scene.population}.${day}`, asked);
    arena.progress(`${tickets.done} tickets`);
    const after = await heldOf(databases, plan);
    const [once = Number.NaN] = answers;
    const distinct = new Set(answers).size;
    const gain = Math.abs(once - TRUTH / 2) - Math.abs(mean(answers) - TRUTH / 2);
    const same = after === before;
    const mutant = await noiseAtQueryTime(arena, Math.min(asked, OF_A_MUTANT));
    return {
      value: `${answers.length} answers, ${distinct} distinct, gain ${gain}; ${tickets.done} tickets, ${same ? "nothing changed" : "values changed"}`,
      pass: distinct === 1 && Number.isInteger(once) && gain === 0 && same && tickets.answers.size === 0,
      controls: [
        { name: "the mean of as many fresh draws is near the truth", held: averagesOut({ n: 10, d: 1 }, asked) },
        {
          name: "the target is one of the values that were drawn",
          held: Number.isInteger(once) && before.includes(String(once)),
        },
      ],
      mutants: [{ name: "noise is drawn when it is asked for", killed: new Set(mutant).size > 1 }],
    };
  } finally {
    await databases.close();
  }
}

export const figures: readonly Figure[] = [
  {
    name: "replay",
    title: "1000 replays of one release",
    target: "every answer equal (gain exactly 0)",
    rules: ["P2", "P6"],
    needs: "hub",
    fast: true,
    run,
  },
];
