import { createHash, createPrivateKey } from "node:crypto";
import { standardDeviation } from "../../../core/privacy/laplace.ts";
import { addDays, formatInstant } from "../../../core/time.ts";
import { type CitySpec, declareBackfill, makeCity, token } from "../../support/city.ts";
import { program } from "../../support/command.ts";
import { value } from "../../support/databases.ts";
import { makeDevice } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { ask } from "../../support/graphql.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, contributions, flow, openHub, tally } from "../../support/hub.ts";
import { heartbeat, people } from "../../support/readings.ts";
import { until } from "../../support/wait.ts";

const HOUR = 3_600_000;
const UNITS = 150;
/** The last hour of the day has no heartbeat. */
const SILENT = 23;

/** One count an hour with the noise of t = 10. */
const CITY: CitySpec = {
  timeZone: "UTC",
  zones: [{ slug: "cell", kind: "CELL" }],
  plans: [{ name: "flow", statistic: "PRESENCE", step: "PT1H", bound: 1, epsilonMicro: 100_000, zones: ["cell"] }],
};

const QUESTION = `query ($dataset: String!, $from: DateTime!, $to: DateTime!, $population: String!, $day: Date!) {
  dataset(slug: $dataset) {
    series(period: { from: $from, to: $to }) {
      columns { start end place value signed lower95 upper95 withheld }
      uncertainty { halfWidth95 noiseOnly }
      coverage { expected present }
      method { planVersion scale }
      provenance { releases releaseIds firstLogIndex lastLogIndex publishedAt }
    }
  }
  releases(first: 100, dataset: $dataset) { nodes { id window { from } valuesSha256 logIndex } }
  budget(population: $population, day: $day) { spent debits { dataset { slug } epsilon } }
}`;

const LEAVES = `query ($after: String) {
  logLeaves(first: 100, after: $after) { nodes { index kind body entry hash } pageInfo { hasNextPage endCursor } }
}`;

type Leaf = { index: number; kind: string; body: string; entry: string; hash: string };
type Leaves = { logLeaves: { nodes: Leaf[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };

type Answer = {
  dataset: {
    series: {
      columns: {
        start: number[];
        end: number[];
        place: string[];
        value: (number | null)[];
        signed: (number | null)[];
        lower95: (number | null)[];
        upper95: (number | null)[];
        withheld: (string | null)[];
      };
      uncertainty: { halfWidth95: number; noiseOnly: boolean };
      coverage: { expected: number; present: number };
      method: { planVersion: number; scale: number };
      provenance: { releases: number; releaseIds: string[]; firstLogIndex: number | null; lastLogIndex: number | null };
    };
  };
  releases: { nodes: { id: string; window: { from: string }; valuesSha256: string; logIndex: number | null }[] };
  budget: { spent: number; debits: { dataset: { slug: string }; epsilon: number }[] };
};

scenario("a reading goes the whole way", (environment) => {
  const hub = openHub(environment);

  /** Leaves of the log by their places, from the newest back to one. */
  async function leavesFrom(index: number): Promise<Map<number, Leaf>> {
    const found = new Map<number, Leaf>();
    for (let after: string | null = null; !found.has(index); ) {
      const { logLeaves }: Leaves = await ask<Leaves>(hub.url, LEAVES, { after });
      for (const leaf of logLeaves.nodes) found.set(leaf.index, leaf);
      if (!logLeaves.pageInfo.hasNextPage) break;
      after = logLeaves.pageInfo.endCursor;
    }
    return found;
  }
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  test("from a registered device to a noised, explained, downloadable value", async () => {
    const city = await makeCity(hub.hub, CITY);
    const day = addDays(new Date().toISOString().slice(0, 10), -20);
    const from = Date.parse(`${day}T00:00:00Z`);

    // The device is registered by the command that an operator uses, which prints what it needs.
    const id = `device-${token()}`;
    const { stdout } = await program("server/devices/cli.ts", [
      "add",
      "--id",
      id,
      "--city",
      city.slug,
      "--feed",
      city.feed,
    ]);
    const printed = JSON.parse(stdout) as { id: string; keyId: string; privateKeyPem: string };
    const device = makeDevice(hub.url, {
      device: printed.id,
      feed: city.feed,
      keyid: printed.keyId,
      privateKey: createPrivateKey(printed.privateKeyPem),
    });

    // Signed batches get their receipt, and are processed.
    const backfill = { id: await declareBackfill(hub.hub, city, day), day };
    for (let hour = 0; hour < 24; hour++) {
      const at = from + hour * HOUR;
      const beat = hour === SILENT ? [] : [heartbeat(at)];
      const answer = await device.send([...beat, ...people(`hour-${hour}`, UNITS, at)], backfill);
      expect(answer.status).toBe(202);
      expect(answer.json).toEqual({
        receipt: expect.stringMatching(/^[0-9a-f-]{36}$/),
        received_at: expect.any(String),
      });
    }
    await allProcessed(hub, city);
    expect(await tally(hub, city)).toEqual({
      batches: 24,
      quarantined: 0,
      accepted: 24 * UNITS + SILENT,
      rejected: 0,
      repeated: 0,
    });
    expect(await contributions(hub, city)).toBe(24 * UNITS);

    // The day is ended, released, and public.
    expect((await device.send([], { ...backfill, end: true })).status).toBe(202);
    const question = () =>
      ask<Answer>(hub.url, QUESTION, {
        dataset: flow(city).dataset,
        from: formatInstant(from),
        to: formatInstant(from + 24 * HOUR),
        population: city.slug,
        day,
      });
    const answer = await until(
      "all windows are public, and in the log",
      async () => {
        const now = await question();
        const isLogged = now.releases.nodes.every(({ logIndex }) => logIndex !== null);
        return now.dataset.series.provenance.releases === 24 && isLogged && now;
      },
      { limitMs: 60_000, everyMs: 250 },
    );
    const { columns, uncertainty, coverage, method, provenance } = answer.dataset.series;
    expect(columns.start).toEqual(Array.from({ length: 24 }, (_, hour) => from + hour * HOUR));
    expect(coverage).toEqual({ expected: 24, present: 23 });
    expect(method).toEqual({ planVersion: 1, scale: 10 });
    expect(columns.withheld.map((reason) => reason ?? "")).toEqual(
      Array.from({ length: 24 }, (_, hour) => (hour === SILENT ? "FEED_SILENT" : "")),
    );
    expect(columns.value[SILENT]).toBeNull();

    // Noise of the plan's law around the true count: the mean of 23 draws, and not every one zero.
    const signed = columns.signed.filter((one) => one !== null);
    const mean = signed.reduce((sum, one) => sum + one, 0) / signed.length;
    const deviation = standardDeviation(flow(city).scale) / Math.sqrt(signed.length);
    expect(Math.abs(mean - UNITS)).toBeLessThan(6 * deviation);
    expect(new Set(signed).size).toBeGreaterThan(3);
    expect(uncertainty).toEqual({ halfWidth95: 30, noiseOnly: true });
    for (const [hour, one] of columns.signed.entries()) {
      if (one === null) continue;
      expect(columns.value[hour]).toBe(Math.max(one, 0));
      expect(columns.lower95[hour]).toBe(Math.max(one - 30, 0));
      expect(columns.upper95[hour]).toBe(Math.max(one + 30, 0));
    }

    // Each release has its leaf, and anyone can check the digest of what was published.
    expect(new Set(provenance.releaseIds).size).toBe(24);
    const places = answer.releases.nodes.map(({ logIndex }) => logIndex ?? -1);
    expect([provenance.firstLogIndex, provenance.lastLogIndex].every((place) => places.includes(place ?? -1))).toBe(
      true,
    );
    const leaves = await leavesFrom(Math.min(...places));
    for (const { id: release, window, valuesSha256, logIndex } of answer.releases.nodes) {
      if (!provenance.releaseIds.includes(release)) continue;
      const leaf = leaves.get(logIndex ?? -1);
      expect(leaf).toMatchObject({ kind: "RELEASE", hash: sha256(`\0${leaf?.entry}`) });
      expect(JSON.parse(leaf?.entry ?? "{}")).toEqual({ kind: "RELEASE", leaf: JSON.parse(leaf?.body ?? "{}") });
      expect(JSON.parse(leaf?.body ?? "{}")).toMatchObject({
        dataset: flow(city).dataset,
        version: 1,
        sha256: valuesSha256,
      });
      const hour = (Date.parse(window.from) - from) / HOUR;
      if (hour !== SILENT) expect(valuesSha256).toBe(sha256(`{1}{${columns.signed[hour]}}{f}`));
    }

    // The budget of the day was debited once.
    expect(answer.budget).toEqual({ spent: 0.1, debits: [{ dataset: { slug: flow(city).dataset }, epsilon: 0.1 }] });

    // The download says the same.
    const file = await fetch(`${hub.url}/exports/${flow(city).dataset}.csv?from=${formatInstant(from)}`);
    expect(file.status).toBe(200);
    const lines = (await file.text()).trimEnd().split("\n");
    const names = lines.find((line) => !line.startsWith("#"))?.split(",") ?? [];
    const rows = lines.filter((line) => !line.startsWith("#")).slice(1);
    const cells = rows.map((row) => Object.fromEntries(row.split(",").map((cell, at) => [names[at], cell])));
    const ofDay = cells.slice(0, 24).map(({ start, signed: one, withheld }) => ({ start, signed: one, withheld }));
    expect(ofDay).toEqual(
      columns.start.map((start, hour) => ({
        start: formatInstant(start),
        signed: String(columns.signed[hour] ?? ""),
        withheld: columns.withheld[hour] ?? "",
      })),
    );

    // And nothing of the units is left where the day was sealed.
    await until("the day is sealed", async () =>
      value<boolean>(
        hub.edge,
        "SELECT key_destroyed_at IS NOT NULL FROM edge.population_day WHERE population = $1 AND day = $2",
        [city.population, day],
      ),
    );
    expect(await contributions(hub, city)).toBe(0);
    expect((await device.send(people("too-late", 1, from), backfill)).json["code"]).toBe("DAY_SEALED");
  }, 120_000);
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
