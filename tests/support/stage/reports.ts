import type { Reading } from "../../../core/edge/batch.ts";
import { importDayKey, makeDayKey, pseudonymiser } from "../../../core/privacy/pseudonym.ts";
import { addDays, dayBounds, formatInstant, localDay } from "../../../core/time.ts";
import { createPool, inTransaction, type Pool } from "../../../runtime/postgres.ts";
import { readCatalogue } from "../../../workers/ingest/catalogue.ts";
import { judgeReadings, type Refused } from "../../../workers/ingest/judge.ts";
import { pseudonymousReport } from "../../../workers/ingest/rows.ts";
import { writeReports } from "../../../workers/ingest/write.ts";
import { addScene, type Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

const HOUR = 3_600_000;
const TIME_ZONE = "Asia/Seoul";
/** Snap points of the scene stand a kilometre apart in rows of ten. */
const STEP = 0.01;
const POINTS = 50;

export type Told = Extract<Reading, { type: "report" }>;
/** A snap point by number (null: far from all), a block of the day (0 … 7), days before today (at least 2). */
export type CellOf = { readonly point: number | null; readonly block?: number; readonly ago?: number };
/** Where a report comes from: the device that signs it, and the feed: 0 feeds the open dataset, 1 the licensed one. */
export type From = {
  readonly device?: string;
  readonly feed?: 0 | 1;
  readonly account?: string;
  readonly guest?: boolean;
};

export type ReportScene = Scene & {
  readonly feeds: readonly [string, string];
  /** of tier OPEN, of tier LICENSED */
  readonly datasets: readonly [string, string];
  /** id of a registered device by its short name */
  readonly named: (name: string) => string;
  /** Judges, pseudonymises and stores reports as ingest does, with its rights; each call is one batch of each device. */
  readonly tell: (reports: readonly { from: From; told: Told }[]) => Promise<Refused[]>;
  readonly report: (cell: CellOf, from: From, change?: Partial<Told>) => { from: From; told: Told };
  /** Seals days: nothing more can come. */
  readonly seal: (...ago: number[]) => Promise<void>;
  /** Start and end of a cell's block, epoch ms. */
  readonly blockOf: (cell: CellOf) => { from: number; to: number };
  readonly pointAt: (point: number) => readonly [number, number];
  readonly close: () => Promise<void>;
};

/**
 * A city with fifty snap points, two feeds of reports for two event datasets of different tiers, and devices. The device
 * "voucher" may speak for verified accounts on both feeds.
 * @param devices short names of more devices
 */
export async function addReportScene(stage: Stage, devices: readonly string[] = []): Promise<ReportScene> {
  const plan = { statistic: "PRESENCE", step: "PT1H", bound: 6, microEpsilon: 600_000, cells: 1 };
  const scene = await addScene(stage, { timeZone: TIME_ZONE, plans: [plan], devices: ["voucher", ...devices] });
  const { slug, population } = scene;
  const feeds = [scene.feed, `${slug}-second`] as const;
  const datasets = [`${slug}-open`, `${slug}-licensed`] as const;
  await addCatalogue(stage.hub, scene, feeds, datasets);

  const today = localDay(Date.now(), TIME_ZONE);
  const dayOf = (ago: number): string => addDays(today, -ago);
  const blockOf = ({ block = 3, ago = 3 }: CellOf) => {
    const from = dayBounds(dayOf(ago), TIME_ZONE).from + block * 3 * HOUR;
    return { from, to: from + 3 * HOUR };
  };
  const pointAt = (point: number): readonly [number, number] => [
    round(126.3 + (point % 10) * STEP),
    round(35.3 + Math.floor(point / 10) * STEP),
  ];

  const ingest = createPool(stage.addresses("madang_ingest").edge, { name: "ingest" });
  const reader = createPool(stage.addresses("madang_ingest").hub, { name: "ingest" });
  const catalogue = await readCatalogue(reader, Date.now());
  const keys = new Map<string, ReturnType<typeof pseudonymiser>>();
  const hashOf = (day: string) => {
    const domain = { population: String(population), controller: slug, day };
    const known = keys.get(day) ?? pseudonymiser(importDayKey(makeDayKey()), domain);
    keys.set(day, known);
    return known;
  };
  let nth = 0;

  return {
    ...scene,
    feeds,
    datasets,
    named: (name) => `${slug}-${name}`,
    blockOf,
    pointAt,
    report(cell, from, change = {}) {
      const [longitude, latitude] = cell.point === null ? [126.9, 35.9] : pointAt(cell.point);
      const signing = `${slug}-${from.device ?? "voucher"}`;
      nth++;
      return {
        from,
        told: {
          type: "report",
          subject: from.account === undefined ? { kind: "device", id: signing } : { kind: "account", id: from.account },
          source: from.account === undefined ? "DEVICE" : from.guest === true ? "GUEST" : "ACCOUNT",
          key: `r-${letters(nth)}`,
          revision: 1,
          category: "NOISE",
          severity: "MINOR",
          urgency: "IMMEDIATE",
          certainty: "OBSERVED",
          cause: "HUMAN",
          at: formatInstant(blockOf(cell).from + HOUR + (nth % 1000)),
          longitude: round(longitude + 0.0005),
          latitude: round(latitude + 0.0005),
          ...change,
        },
      };
    },
    async tell(reports) {
      const refused: Refused[] = [];
      const groups = Map.groupBy(reports, ({ from, told }) => {
        const day = localDay(Date.parse(told.at), TIME_ZONE);
        return `${from.device ?? "voucher"} ${from.feed ?? 0} ${day}`;
      });
      const rows: Parameters<typeof writeReports>[1] = [...groups].flatMap(([key, of]) => {
        const [name = "", feedNth = "0", day = ""] = key.split(" ");
        const feed = catalogue.feeds.get(feeds[feedNth === "1" ? 1 : 0]);
        if (feed === undefined) throw new Error("the catalogue lacks the scene's feed");
        const device = `${slug}-${name}`;
        const receivedAt = new Date();
        const where = { catalogue, feed, device, receivedAt: receivedAt.getTime(), backfillDay: day };
        const judged = judgeReadings(
          of.map(({ told }) => told),
          where,
        );
        refused.push(...judged.refused);
        return judged.rows.reports.map((row) => ({
          batch: { population, device, feed: feed.id, receivedAt },
          row: pseudonymousReport(row, hashOf(row.day)(row.subject.kind, row.subject.id), population),
        }));
      });
      await inTransaction(ingest, (client) => writeReports(client, rows));
      return refused;
    },
    async seal(...ago) {
      await stage.edge.query(
        `INSERT INTO edge.population_day (population, day, state, sealed_at)
         SELECT $1, d, 'SEALED', now() FROM unnest($2::date[]) d ON CONFLICT DO NOTHING`,
        [population, ago.map(dayOf)],
      );
    },
    close: async () => void (await Promise.all([ingest.end(), reader.end()])),
  };
}

/** A number written with the letters a to z: digits might look like a number plate. */
const letters = (value: number): string =>
  [...value.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join("");

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

async function addCatalogue(
  hub: Pool,
  { slug, population }: Scene,
  feeds: readonly string[],
  datasets: readonly string[],
): Promise<void> {
  await hub.query(
    `INSERT INTO hub.feed (id, population_number, reading_types, heartbeat_seconds, is_synthetic)
     VALUES ($1, $2, '{}', 60, true)`,
    [feeds[1], population],
  );
  await hub.query("UPDATE hub.feed SET reading_types = '{heartbeat,report}' WHERE id = ANY ($1)", [feeds]);
  await hub.query(
    `INSERT INTO hub.stream_right (device_id, feed_id) SELECT device_id, $2 FROM hub.stream_right WHERE feed_id = $1`,
    [...feeds],
  );
  await hub.query("UPDATE hub.stream_right SET vouches = true WHERE device_id = $1", [`${slug}-voucher`]);
  for (const [nth, dataset] of datasets.entries()) {
    await hub.query(
      `INSERT INTO hub.dataset (id, city_id, organization_id, kind, domain, layer, tier, title_ko, title_en, description_ko,
         description_en, bias_statement_ko, bias_statement_en, keywords, is_synthetic, licence_name, attribution, retention_days)
       SELECT $2, city_id, organization_id, 'EVENTS', 'SAFETY', layer, $3, 'x', 'x', 'x', 'x', 'x', 'x', '{}', true, 'x', 'x', 7
         FROM hub.dataset WHERE id = $1`,
      [`${slug}-0`, dataset, nth === 0 ? "OPEN" : "LICENSED"],
    );
    await hub.query("INSERT INTO hub.dataset_view (dataset_id, tier) SELECT id, tier FROM hub.dataset WHERE id = $1", [
      dataset,
    ]);
    await hub.query(`INSERT INTO hub."_DatasetToFeed" ("A", "B") VALUES ($1, $2)`, [dataset, feeds[nth]]);
  }
  await hub.query(
    "INSERT INTO hub.snap_version (city_id, version, reach_m, valid_from) VALUES ($1, 1, 300, '2000-01-01')",
    [slug],
  );
  await hub.query(
    `INSERT INTO hub.snap_point (city_id, version, slug, zone_id, name_ko, name_en, longitude, latitude, addresses)
     SELECT $1, 1, 'p-' || n, $1 || '/all', '교차로', 'crossing', round((126.3 + (n % 10) * ${STEP})::numeric, 6),
            round((35.3 + (n / 10) * ${STEP})::numeric, 6), 8 FROM generate_series(0, ${POINTS - 1}) n`,
    [slug],
  );
}
