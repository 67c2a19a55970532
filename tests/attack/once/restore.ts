import { openContext } from "../../support/stage/context.ts";
import type { House } from "../../support/stage/house.ts";
import { number, observations } from "../../support/stage/look.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { announceDay, fillDay, MIDNIGHT } from "./days.ts";
import { finish } from "./kills.ts";
import type { Watch } from "./watch.ts";

export type Restored = { readonly copied: number; readonly abandoned: number; readonly broken: string[] };

/**
 * Releases days, of which a backup of the hub knows one as released, one as open and one not at all; then puts the backup
 * in place. Before, the edge database loses the draws of one hour of each day.
 * @returns how many slots were copied again and given up, and where that was not what stood before
 */
export async function restoreHub(stage: Stage, house: House, watch: Watch): Promise<Restored> {
  const context = openContext(stage.addresses("madang_release"));
  const before = await announceDay(stage, house);
  const open = await announceDay(stage, house);
  await fillDay(stage, context, before);
  await context.close();
  await finish(stage, house, [before]);

  const restore = await stage.backUpHub();
  const reopened = openContext(stage.addresses("madang_release"));
  const after = await announceDay(stage, house);
  await fillDay(stage, reopened, open);
  await fillDay(stage, reopened, after);
  await reopened.close();
  await finish(stage, house, [open, after]);

  // The catalogue of the third day is given back with the backup: a city's file is applied again.
  const known = [before, open];
  const values = async () => {
    const seen = new Map<string, string>();
    for (const { plans } of known) {
      for (const plan of plans) {
        for (let hour = 0; hour < 24; hour++) {
          const rows = await observations(stage, plan, MIDNIGHT + hour * 3_600_000);
          if (rows.length > 0) seen.set(`${plan} ${hour}`, rows.map(({ value, withheld }) => withheld ?? value).join());
        }
      }
    }
    return seen;
  };
  const first = await values();
  await watch.collect();
  const LOST = 3;
  await stage.edge.query("DELETE FROM edge.draw WHERE slot = ANY ($1::uuid[])", [
    await slotsAt(stage, MIDNIGHT + LOST * 3_600_000),
  ]);
  await restore();
  const lost = await number(stage.hub, "SELECT count(*) AS n FROM ledger.slot WHERE plan = ANY ($1)", [open.plans]);
  await finish(stage, house, known);
  const second = await values();

  const broken: string[] = lost === 0 ? [] : ["the backup knows what came after it"];
  let copied = 0;
  let abandoned = 0;
  for (const [name, vector] of first) {
    const again = second.get(name);
    const isLost = name === `${open.plans[0]} ${LOST}`;
    if (isLost && again?.split(",").every((value) => value === "SLOT_ABANDONED")) abandoned++;
    else if (!isLost && again === vector) copied++;
    else broken.push(`after the restore ${name} is ${again === undefined ? "gone" : "another"}`);
  }
  return { copied, abandoned, broken };
}

async function slotsAt({ hub }: Stage, at: number): Promise<string[]> {
  const { rows } = await hub.query<{ id: string }>("SELECT id FROM ledger.slot WHERE window_start = to_timestamp($1)", [
    at / 1000,
  ]);
  return rows.map(({ id }) => id);
}
