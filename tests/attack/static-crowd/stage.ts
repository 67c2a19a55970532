import { setTimeout as sleep } from "node:timers/promises";
import { ANONYMOUS } from "../../../core/licence/principal.ts";
import { dayBounds } from "../../../core/time.ts";
import { createPool } from "../../../runtime/postgres.ts";
import { NO_LICENCES } from "../../../schema/access.ts";
import { zoneLevels } from "../../../schema/crowd/levels.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import { openContext } from "../../support/stage/context.ts";
import { addBatch, addScene, beat, contribute, declareBackfill, endDay } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { AREA, DAY, occupancyPlan, PEOPLE, TEN, WINDOWS } from "./crowd.ts";

const HOUR = 18;

/**
 * The crowd's way through both databases: contributions, bounding in SQL, draw, commit, and the levels that the API's
 * own role reads.
 * @param bound L of the plan
 * @returns the level of each of the crowd's windows
 */
export async function levelsOfStage(stage: Stage, bound: number): Promise<(string | null)[]> {
  const { microEpsilon } = occupancyPlan();
  const plan = { statistic: "OCCUPANCY", step: "PT10M", bound, microEpsilon, cells: 1, scheduleSeconds: 1 };
  const scene = await addScene(stage, { live: false, plans: [plan] });
  const zone = `${scene.slug}/all`;
  await stage.hub.query("UPDATE hub.zone SET area_m2 = $2 WHERE id = $1", [zone, AREA]);
  await stage.hub.query(
    `INSERT INTO hub.threshold_version (city_id, version, approaching, caution, alert, serious, valid_from)
     VALUES ($1, 1, 300, 400, 500, 600, '2000-01-01')`,
    [scene.slug],
  );
  const [number = 0] = scene.plans;
  const from = dayBounds(DAY, "Asia/Seoul").from + HOUR * 6 * TEN;
  const release = openContext(stage.addresses("madang_release"));
  const api = createPool(stage.addresses("madang_api").hub, { name: "api", max: 2 });
  try {
    await addBatch(stage, scene, { day: DAY, backfill: await declareBackfill(stage, scene, DAY, DAY) });
    await workDay(release, scene.population, DAY);
    for (let window = 0; window < WINDOWS; window++) {
      const rows = Array.from({ length: PEOPLE }, (_, unit) => {
        return { plan: number, window: from + window * TEN, cell: 1, unit: `${unit}` };
      });
      await contribute(stage, DAY, rows);
    }
    const beats = Array.from({ length: 2 * WINDOWS }, (_, at) => from + (at * TEN) / 2);
    await beat(stage, scene, scene.device, beats);
    await endDay(stage, scene, DAY);
    await workDay(release, scene.population, DAY);
    // Published at the next whole second.
    await sleep(1_200);
    const context = { hub: api, now: Date.now, principal: ANONYMOUS, access: NO_LICENCES };
    const [levels = []] = await zoneLevels(context, { zones: [zone] }, from, from + WINDOWS * TEN);
    return levels.map(({ level }) => level);
  } finally {
    await Promise.all([release.close(), api.end()]);
  }
}
