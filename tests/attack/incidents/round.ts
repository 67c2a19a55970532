import { createPool } from "../../../runtime/postgres.ts";
import { publishReports } from "../../../workers/facts/publish-reports.ts";
import { addReportScene, type ReportScene } from "../../support/stage/reports.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { type Attack, FAKES, type Place, RELAY, REVOKED, type Sent, type Sizes, TOO_SOON } from "./attackers.ts";

/** What became of an attack's trials: how many of them showed, in the restricted database or in the public one. */
export type Outcome = { readonly trials: number; readonly unlocked: number; readonly published: number };

export type Ground = {
  readonly scene: ReportScene;
  /** Plays attacks at fresh places, has every cell judged and published as it is, and says what showed. */
  readonly play: (attacks: readonly Attack[], trials: number, sizes: Sizes) => Promise<ReadonlyMap<string, Outcome>>;
  /** Stores what is told, judges, and answers the kinds that show in each cell: `point block-start` to kinds. */
  readonly judge: (sent: readonly Sent[], ago: readonly number[]) => Promise<ReadonlyMap<string, readonly string[]>>;
  readonly close: () => Promise<void>;
};

const PAIRS_A_DAY = 25;
/** Every snap point has one block that ended within a day: each round gets a few of them. */
const YOUNG_CELLS = 8;

/** A city of its own on a stage, where attacks are played through ingest's judging, storing and the facts worker's publishing. */
export async function openGround(stage: Stage): Promise<Ground> {
  const scene = await addReportScene(stage, [...FAKES, ...REVOKED, RELAY]);
  await stage.hub.query("UPDATE hub.device SET revoked_at = now() WHERE id = ANY ($1)", [REVOKED.map(scene.named)]);
  const addresses = stage.addresses("madang_facts");
  const hub = createPool(addresses.hub, { name: "facts" });
  const edge = createPool(addresses.edge, { name: "facts" });
  let used = 0;
  let soon = 0;
  const fresh = (attack: Attack): Place => {
    if (attack === TOO_SOON) return { point: soon++ % 50, ago: 1 };
    const nth = used++;
    return { point: 2 * (nth % PAIRS_A_DAY), ago: 2 + Math.floor(nth / PAIRS_A_DAY) };
  };
  /** Cells of a place: its point and the neighbouring one, whichever block. */
  const unlockedAt = async (): Promise<Set<string>> => {
    const { rows } = await stage.edge.query<{ cell: string }>(
      `SELECT point || ' ' || (block_start AT TIME ZONE 'Asia/Seoul')::date AS cell FROM edge.report_cell
        WHERE population = $1 AND fact IS NOT NULL`,
      [scene.population],
    );
    return new Set(rows.map(({ cell }) => cell));
  };
  const publishedAt = async (): Promise<Set<string>> => {
    const { rows } = await stage.hub.query<{ cell: string }>(
      `SELECT DISTINCT snap_point || ' ' || (starts_at AT TIME ZONE 'Asia/Seoul')::date AS cell FROM open.event
        WHERE dataset = ANY ($1) AND snapped`,
      [scene.datasets],
    );
    return new Set(rows.map(({ cell }) => cell));
  };
  const dayOf = (ago: number): string =>
    new Date(scene.blockOf({ point: 0, ago, block: 0 }).from + 9 * 3_600_000).toISOString().slice(0, 10);

  return {
    scene,
    async play(attacks, trials, sizes) {
      const places = new Map<Attack, Place[]>();
      for (const attack of attacks) {
        const own = Array.from({ length: attack === TOO_SOON ? Math.min(trials, YOUNG_CELLS) : trials }, () =>
          fresh(attack),
        );
        places.set(attack, own);
        const sent = own.flatMap((at) => attack.send(scene, at, sizes));
        for (let left = attack.again ?? 0; left >= 0; left--) await scene.tell(sent);
      }
      await scene.seal(...new Set([...places.values()].flat().map(({ ago }) => ago)));
      await publishReports(hub, edge);
      const [unlocked, published] = await Promise.all([unlockedAt(), publishedAt()]);
      const shows =
        (cells: ReadonlySet<string>) =>
        ({ point, ago }: Place) =>
          cells.has(`p-${point} ${dayOf(ago)}`) || cells.has(`p-${point + 1} ${dayOf(ago)}`);
      return new Map(
        [...places].map(([{ name }, own]) => [
          name,
          {
            trials: own.length,
            unlocked: own.filter(shows(unlocked)).length,
            published: own.filter(shows(published)).length,
          },
        ]),
      );
    },
    async judge(sent, ago) {
      await scene.tell(sent);
      await scene.seal(...ago);
      await publishReports(hub, edge);
      const { rows } = await stage.hub.query<{ cell: string; kinds: string[] }>(
        `SELECT snap_point || ' ' || (extract(epoch FROM starts_at) * 1000)::bigint AS cell, array_agg(category ORDER BY category) AS kinds
           FROM open.event WHERE dataset = $1 GROUP BY snap_point, starts_at`,
        [scene.datasets[0]],
      );
      return new Map(rows.map(({ cell, kinds }) => [cell, kinds]));
    },
    close: async () => void (await Promise.all([hub.end(), edge.end(), scene.close()])),
  };
}
