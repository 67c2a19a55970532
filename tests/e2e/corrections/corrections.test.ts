import { dayBounds, formatInstant, localDay } from "../../../core/time.ts";
import { addDevice, type CitySpec, makeCity } from "../../support/city.ts";
import { program } from "../../support/command.ts";
import { value } from "../../support/databases.ts";
import { makeDevice } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { ask } from "../../support/graphql.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, flow, openHub } from "../../support/hub.ts";
import { heartbeat, people } from "../../support/readings.ts";
import { midnightZone } from "../../support/stage/clock.ts";
import { until } from "../../support/wait.ts";

const HOUR = 3_600_000;
const CROWD = 300;
/** Further than noise of t ≈ 3.3 goes in practice. */
const FAR = 150;

const QUESTION = `query ($dataset: String!, $from: DateTime!, $to: DateTime!, $version: Int, $population: String!, $day: Date!) {
  dataset(slug: $dataset) {
    plan { version }
    outages(first: 10) { nodes {
      window { from to } reason text { ko en } correction { state reason version corrects epsilon windows }
    } }
    series(period: { from: $from, to: $to }, version: $version) {
      columns { start signed withheld version }
      uncertainty { halfWidth95 }
      method { planVersion corrected versions }
      provenance { releases }
    }
  }
  budget(population: $population, day: $day) { spent debits { planVersion epsilon } }
}`;

type Answer = {
  dataset: {
    plan: { version: number };
    outages: { nodes: { reason: string; text: { ko: string; en: string }; correction: Record<string, unknown> }[] };
    series: {
      columns: { start: number[]; signed: (number | null)[]; withheld: (string | null)[]; version: (number | null)[] };
      uncertainty: { halfWidth95: number };
      method: { planVersion: number; corrected: boolean; versions: number[] };
      provenance: { releases: number };
    };
  };
  budget: { spent: number; debits: { planVersion: number; epsilon: number }[] };
};

scenario("an outage is declared, and its late data are released as a correction", (environment) => {
  const hub = openHub(environment);
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  test("from a device that could not send to both versions in the graph, in the file and in the log", async () => {
    // kills: late rows of another window; a correction before its day is sealed; an answer that does not say what is corrected
    const timeZone = midnightZone(Date.now());
    const day = localDay(Date.now() - 24 * HOUR, timeZone);
    const at = (hour: number) => dayBounds(day, timeZone).from + hour * HOUR;
    const city = await makeCity(hub.hub, {
      timeZone,
      zones: [{ slug: "cell", kind: "CELL" }],
      plans: [{ name: "flow", statistic: "PRESENCE", step: "PT1H", bound: 1, epsilonMicro: 300_000, zones: ["cell"] }],
    } satisfies CitySpec);
    const { dataset, number } = flow(city);
    await hub.hub.query("UPDATE hub.plan SET active_from = '2000-01-01' WHERE number = $1", [number]);
    const device = makeDevice(hub.url, await addDevice(hub.hub, city));
    const question = (version: number | null = null) =>
      ask<Answer>(hub.url, QUESTION, {
        dataset,
        from: formatInstant(at(19)),
        to: formatInstant(at(23)),
        version,
        population: city.slug,
        day,
      });

    // The day opens with the first row, hours after its windows were due: they are released without it.
    expect((await device.send([heartbeat(at(20)), ...people("first", CROWD, at(20))])).status).toBe(202);
    await allProcessed(hub, city);
    const first = await until("the first version is public", async () => {
      const now = await question();
      return now.dataset.series.provenance.releases === 4 && now;
    });
    expect(first.dataset.series.method).toEqual({ planVersion: 1, corrected: false, versions: [1] });

    // The operator looks, declares, and looks again.
    const declare = ["declare", "--dataset", dataset, "--from", formatInstant(at(20)), "--to", formatInstant(at(22))];
    const texts = ["--reason", "NETWORK", "--ko", "통신이 끊겼습니다.", "--en", "The network was down.", "--correct"];
    const dry = await program("server/outages/cli.ts", [...declare, ...texts, "--dry-run"]);
    expect(dry.stdout).toContain(`${day}  2 windows  reserve 0.4  left 0.4  debit 0.3  stays 0.1`);
    expect(await value(hub.hub, "SELECT count(*) FROM hub.outage WHERE dataset_id = $1", [dataset])).toBe(0);
    const declared = await program("server/outages/cli.ts", [...declare, ...texts]);
    expect(declared.stdout).toContain("version 2 corrects its windows");
    const listed = await program("server/outages/cli.ts", ["list", "--dataset", dataset]);
    expect(listed.stdout).toContain("version 2 corrects 1, ε 0.3");

    // The device is back: what it held comes within the lateness, of the outage's hours and of others.
    await until("the correction is open", async () => {
      const open = "SELECT count(*) FROM edge.plan_day WHERE corrects = $1";
      return (await value<number>(hub.edge, open, [number])) === 1;
    });
    const beats = [19, 20, 21, 22].map((hour) => heartbeat(at(hour)));
    const held = [19, 20, 22].flatMap((hour) => people(`held-${hour}`, CROWD, at(hour)));
    expect((await device.send([...beats, ...held.slice(0, 450)])).status).toBe(202);
    expect((await device.send(held.slice(450))).status).toBe(202);
    await allProcessed(hub, city);
    const taken = await hub.edge.query<{ at: Date; n: number }>(
      `SELECT window_start AS at, count(*) AS n FROM edge.contribution
        WHERE plan = (SELECT plan FROM edge.plan_day WHERE corrects = $1) GROUP BY 1`,
      [number],
    );
    expect(taken.rows).toEqual([{ at: new Date(at(20)), n: CROWD }]);
    const waiting = await question();
    expect(waiting.dataset.outages.nodes[0]?.correction).toMatchObject({ state: "PENDING", windows: 0 });
    expect(waiting.dataset.series).toEqual(first.dataset.series);

    // The day ends: the correction is drawn, and stands beside the first version.
    await hub.hub.query("UPDATE hub.population SET lateness_seconds = 1 WHERE number = $1", [city.population]);
    const second = await until(
      "the correction is public",
      async () => {
        const now = await question();
        return now.dataset.series.method.corrected && now;
      },
      { limitMs: 120_000 },
    );
    const { columns, method, uncertainty } = second.dataset.series;
    expect(columns.version).toEqual([1, 2, 2, 1]);
    expect(method).toEqual({ planVersion: 1, corrected: true, versions: [1, 2] });
    expect(uncertainty).toEqual(first.dataset.series.uncertainty);
    expect(Math.abs((columns.signed[1] ?? 0) - CROWD)).toBeLessThan(FAR);
    expect(Math.abs(columns.signed[2] ?? FAR)).toBeLessThan(FAR);
    expect([columns.signed[0], columns.signed[3]]).toEqual(
      [0, 3].map((hour) => first.dataset.series.columns.signed[hour]),
    );
    expect((await question(1)).dataset.series).toEqual(first.dataset.series);
    expect((await question(2)).dataset.series.columns.version).toEqual([2, 2, null]);
    expect(second.dataset.plan).toEqual({ version: 1 });
    expect(second.dataset.outages.nodes).toEqual([
      expect.objectContaining({
        reason: "NETWORK",
        text: { ko: "통신이 끊겼습니다.", en: "The network was down." },
        correction: { state: "RELEASED", reason: null, version: 2, corrects: 1, epsilon: 0.3, windows: 2 },
      }),
    ]);
    expect(second.budget).toEqual({
      spent: 0.6,
      debits: [
        { planVersion: 1, epsilon: 0.3 },
        { planVersion: 2, epsilon: 0.3 },
      ],
    });

    const span = `from=${formatInstant(at(20))}&to=${formatInstant(at(21))}`;
    const row = async (more: string) =>
      (await (await fetch(`${hub.url}/exports/${dataset}.csv?${span}${more}`)).text())
        .trim()
        .split("\n")
        .at(-1)
        ?.split(",");
    expect((await row(""))?.slice(8)).toEqual([String(columns.signed[1]), "", "2"]);
    expect((await row("&version=1"))?.at(-1)).toBe("1");
    const leaf = await value<{ correction: object }>(
      hub.hub,
      "SELECT body FROM open.published_leaf WHERE kind = 'OUTAGE' AND body ->> 'dataset' = $1",
      [dataset],
    );
    expect(leaf.correction).toEqual({ version: 2, corrects: 1, epsilonMicro: 300_000 });

    // What comes now changes nothing, and a correction of the sealed day is refused.
    await device.send(people("too-late", CROWD, at(20)));
    await allProcessed(hub, city);
    await expect(program("server/outages/cli.ts", [...declare, ...texts])).rejects.toMatchObject({
      stderr: expect.stringContaining("DAY_SEALED"),
    });
    expect((await question()).dataset.series).toEqual(second.dataset.series);
  }, 240_000);
});
