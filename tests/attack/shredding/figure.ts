import { join } from "node:path";
import { openBatch, openReading } from "../../../core/edge/envelope.ts";
import { callLocal } from "../../../runtime/unix-http.ts";
import { token } from "../../support/city.ts";
import type { HubEnvironment } from "../../support/environment.ts";
import { allProcessed, openHub } from "../../support/hub.ts";
import { openPastDay } from "../../support/past-day.ts";
import { people, person } from "../../support/readings.ts";
import { createFinder, searchFiles } from "../../support/search.ts";
import { until } from "../../support/wait.ts";
import type { Figure, Finding, Size } from "../support/figure.ts";
import { copyFolder, openWith, type Payload, withoutRoots } from "./attack.ts";
import { killAll } from "./mutants.ts";

const BATCHES: Record<Size, number> = { full: 200, fast: 8 };
type Sealed = { batch: string; feed: string; device: string; enc: Buffer; sealed: Buffer; reading: number | null };

async function run(environment: HubEnvironment, size: Size, progress: (text: string) => void): Promise<Finding> {
  const hub = openHub(environment);
  try {
    if (hub.processes.state().stack !== "local") throw new Error("the keyring's folder is needed: the local stack");
    const past = await openPastDay(hub);
    const { city, day, backfill } = past;
    const of = { population: city.population, day };
    const mark = token();
    progress(`${BATCHES[size]} batches of one day`);
    for (let batch = 0; batch < BATCHES[size]; batch += 1) {
      const broken = { ...person(`${mark}-broken`, past.at), confidence: -1 };
      await past.device.deliver([...people(`${mark}-${batch}`, 4, past.at), broken], backfill);
    }
    await allProcessed(hub, city);

    // The copies: everything that is sealed, as the stores hold it, and the keyring's folder while the key lives.
    const { rows } = await hub.edge.query<Sealed>(
      `SELECT b.id AS batch, b.feed, b.device, s.enc, s.sealed, s.reading
         FROM edge.batch b JOIN (SELECT batch, enc, sealed, NULL::integer AS reading FROM edge.inbox
                                 UNION ALL SELECT batch, enc, sealed, reading FROM edge.quarantine) s ON s.batch = b.id
        WHERE b.population = $1`,
      [city.population],
    );
    const payloads = rows.map(({ enc, sealed, reading, ...row }): Payload => {
      const envelope = { ...row, population: city.population, keyDay: day, backfill: backfill.id };
      return {
        enc,
        open: (secret) =>
          reading === null ? openBatch(secret, envelope, sealed) : openReading(secret, envelope, reading, sealed),
      };
    });
    const find = createFinder(rows.map(({ sealed }) => sealed.subarray(0, 48)));
    const held = async (folder: string): Promise<number> => {
      const found = await searchFiles(join(hub.home, "stores", folder), find);
      return new Set([...found.values()].flatMap((one) => [...one])).size;
    };
    // The checkpoint that writes the tables ends what the log held before.
    const wal = await held("edge/data/pg_wal");
    await hub.edge.query("CHECKPOINT");
    const media = { wal, tables: await held("edge/data/base"), aof: await held("queue") };
    const folder = join(hub.home, "keyring");
    const before = copyFolder(folder);
    const ask = await callLocal(join(hub.home, "run/keyring-public.sock"), "POST", "/public-key", {
      ...of,
      backfill: true,
    });
    const publicKey = Buffer.from((ask.body as { publicKey: string }).publicKey, "base64");

    await past.end();
    await until("the old root is gone", async () => !sameRoots(copyFolder(folder), before));
    const control = openWith([before], publicKey, payloads);
    const after = openWith([withoutRoots(before), copyFolder(folder)], publicKey, payloads);
    const wanted = BATCHES[size] * 2;
    return {
      value:
        `${after.opened} of ${payloads.length} payloads (${after.tried} keys tried; copied from inbox and quarantine; of them ` +
        `${media.tables} in table files, ${media.wal} in the write-ahead log, ${media.aof} in AOF, which holds ids alone)`,
      pass: after.opened === 0 && media.aof === 0 && payloads.length >= wanted,
      controls: [
        {
          name: "with the keyring's folder of before the destruction all open",
          held: control.opened === payloads.length,
        },
        {
          name: "the sealed payloads were in the copied files",
          held: media.tables === payloads.length && media.wal > 0,
        },
      ],
      mutants: await killAll(),
    };
  } finally {
    await hub.close();
  }
}

const sameRoots = (one: ReadonlyMap<string, Buffer>, other: ReadonlyMap<string, Buffer>): boolean =>
  [...one.keys()].some((name) => name.startsWith("root-") && other.has(name));

export const figures: readonly Figure[] = [
  {
    name: "shredding",
    title: "decryptable payloads after key destruction, from inbox + AOF + WAL",
    target: "0",
    rules: ["P9", "P10"],
    needs: "hub",
    fast: true,
    run: ({ hub, size, progress }) => run(hub, size, progress),
  },
];
