// Files go in as declared backfills through the front door. Each test has a city of its own; the rows are made here, so
// that every count is known.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { addDays } from "../../../core/time.ts";
import { value } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { openHub } from "../../support/hub.ts";
import { until } from "../../support/wait.ts";
import { ownCity } from "./own-city.ts";
import { readReport, runImport, startImport } from "./run-import.ts";

const LIMIT_MS = 180_000;

const STATIONS = "station_id,name,lat,lon\n1,First,37.33,-121.89\n2,Second,37.34,-121.88\n";
const HEADER = "trip_id,start_time,end_time,duration_s,start_station_id,end_station_id,zip_code";

/** Trips of `days` days from 1 March 2014, `perDay` on each, from station 1 to 2. */
function trips(days: number, perDay: number): string[] {
  return Array.from({ length: days }, (_, day) => addDays("2014-03-01", day)).flatMap((day, index) =>
    Array.from({ length: perDay }, (_, trip) => {
      const minute = String(trip % 60).padStart(2, "0");
      const hour = String(10 + (trip % 8)).padStart(2, "0");
      const offset = day < "2014-03-09" ? "-08:00" : "-07:00";
      const at = `${day}T${hour}:${minute}:00${offset}`;
      return `${index * 10_000 + trip},${at},${at},240,1,2,94${trip}`;
    }),
  );
}

scenario("a file is imported", (environment) => {
  const hub = openHub(environment);
  const folder = mkdtempSync(join(tmpdir(), "import-e2e-"));
  const write = (name: string, text: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const stations = write("stations.csv", STATIONS);
  const backfills = (city: string) =>
    value<number>(hub.hub, "SELECT count(*) FROM hub.backfill WHERE city_id = $1", [city]);
  const batches = (population: string) =>
    value<number>(hub.hub, "SELECT number FROM hub.population WHERE slug = $1", [population]).then((number) =>
      value<number>(hub.edge, "SELECT count(*) FROM edge.batch WHERE population = $1", [number]),
    );

  afterAll(async () => {
    await hub.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test(
    "its totals reconcile, every window is released, and a second run changes nothing",
    async () => {
      const city = ownCity("bay-area-2014", folder);
      const rows = trips(3, 40);
      const bad = ["1,2014-03-01T10:00:00-08:00,2014-03-01T09:00:00-08:00,60,1,2,x", "2,soon,soon,60,1,2,", "3,x"];
      const path = write("whole.csv", [HEADER, ...rows, rows[0], ...bad, ""].join("\n"));
      const args = ["trips", path, "--stations", stations, "--city", city.file, "--period", "2014-03-01..2014-03-03"];
      const rejects = join(folder, "whole-rejects.csv");
      const json = join(folder, "whole.json");
      const first = await runImport(hub, [...args, "--json", json, "--rejects", rejects]);
      expect([first.stderr, first.code]).toEqual([expect.any(String), 0]);
      const report = readReport(json);
      expect(report).toMatchObject({
        input: 124,
        accepted: 120,
        rejected: { ROW_DUPLICATE: 1, ROW_TIME: 2, ROW_COLUMNS: 1 },
        boundedAway: 0,
        reconciled: true,
        releasedWindows: 3 * 24 + 3 + 1 + 1,
      });
      expect(report.files[0]?.datasets.map((dataset) => dataset.contributions)).toEqual([120, 120, 120, 120]);
      expect(readFileSync(rejects, "utf8").split("\n")).toContain("whole.csv,122,ROW_DUPLICATE,");

      const sent = await batches(city.population);
      const second = await runImport(hub, [...args, "--json", json]);
      expect(second.code).toBe(0);
      expect(readReport(json)).toMatchObject({ input: 124, accepted: 120, reconciled: true, releasedWindows: 77 });
      expect(await batches(city.population)).toBe(sent);
    },
    LIMIT_MS,
  );

  test(
    "interrupted half-way and run again, it comes to the same totals and nothing is doubled",
    async () => {
      const city = ownCity("bay-area-2014", folder);
      const days = 14;
      const path = write("long.csv.gz", gzipSync([HEADER, ...trips(days, 30), ""].join("\n")));
      const json = join(folder, "long.json");
      const period = `2014-03-01..${addDays("2014-03-01", days - 1)}`;
      const args = ["trips", path, "--stations", stations, "--city", city.file, "--period", period, "--json", json];
      const { child, end } = startImport(hub, args);
      await until(
        "some days are sealed",
        async () => {
          const sealed = await value<number>(
            hub.edge,
            "SELECT count(*) FROM edge.population_day WHERE population = $1 AND state = 'SEALED'",
            [await value(hub.hub, "SELECT number FROM hub.population WHERE slug = $1", [city.population])],
          );
          return sealed >= 3;
        },
        { limitMs: 60_000, everyMs: 20 },
      );
      child.kill("SIGINT");
      const interrupted = await end;
      expect([interrupted.code, interrupted.stderr]).toEqual([130, expect.stringContaining("again to go on")]);

      const finished = await runImport(hub, args);
      expect([finished.stderr, finished.code]).toEqual([expect.any(String), 0]);
      expect(readReport(json)).toMatchObject({
        input: days * 30,
        accepted: days * 30,
        rejected: {},
        reconciled: true,
        releasedWindows: days * 24 - 1 + days + 1 + 1,
      });
      expect(await batches(city.population)).toBe(days);
    },
    LIMIT_MS,
  );

  test(
    "rows of a day that another file has sealed are refused with that reason",
    async () => {
      const city = ownCity("bay-area-2014", folder);
      const args = (path: string) => ["trips", path, "--stations", stations, "--city", city.file];
      const json = join(folder, "sealed.json");
      const one = write("one.csv", [HEADER, ...trips(2, 5), ""].join("\n"));
      const two = write("two.csv", [HEADER, ...trips(3, 6), ""].join("\n"));
      expect((await runImport(hub, [...args(one), "--period", "2014-03-01..2014-03-02"])).code).toBe(0);
      const second = await runImport(hub, [...args(two), "--period", "2014-03-01..2014-03-03", "--json", json]);
      expect([second.stderr, second.code]).toEqual([expect.any(String), 0]);
      expect(readReport(json)).toMatchObject({
        input: 18,
        accepted: 6,
        rejected: { DAY_SEALED: 12 },
        reconciled: true,
      });
    },
    LIMIT_MS,
  );

  test(
    "counts keep the clock's changes: a skipped hour is refused, a missing one is withheld",
    async () => {
      const city = ownCity("melbourne", folder);
      const sensors = write("sensors.csv", "sensor_id,sensor_name,lat,lon\n3,Central,-37.811,144.964\n");
      const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
      const rows = hours.filter((hour) => hour !== "05").map((hour) => `2015-10-04T${hour}:00:00,3,Central,500`);
      const path = write("counts.csv", ["local_time,sensor_id,sensor_name,pedestrians", ...rows, ""].join("\n"));
      const json = join(folder, "counts.json");
      const period = "2015-10-04..2015-10-04";
      const run = await runImport(hub, [
        "counts",
        path,
        sensors,
        "--city",
        city.file,
        "--period",
        period,
        "--json",
        json,
      ]);
      expect([run.stderr, run.code]).toEqual([expect.any(String), 0]);
      expect(readReport(json)).toMatchObject({
        input: 23,
        accepted: 22,
        rejected: { ROW_TIME: 1 },
        releasedWindows: 23,
        reconciled: true,
      });
      const { rows: released } = await hub.hub.query<{ value: number | null; withheld: string | null }>(
        `SELECT o.value, o.withheld FROM open.observation o JOIN hub.plan p ON p.number = o.plan
        WHERE p.dataset_id = $1 ORDER BY o.window_start`,
        [city.config.datasets[0]?.id],
      );
      expect(released).toHaveLength(23);
      // 05:00 is the fifth hour of a day without 02:00.
      expect(released[4]).toEqual({ value: null, withheld: "FEED_SILENT" });
      const values = released.flatMap((row) => (row.value === null ? [] : [row.value]));
      // Noise of scale 10: further than 60 scales lies less than one draw of e^60.
      expect(values).toHaveLength(22);
      expect(values.every((one) => Math.abs(one - 500) < 600)).toBe(true);
    },
    LIMIT_MS,
  );

  const columns = "STATE,ST_CASE,YEAR,MONTH,DAY,MAN_COLL\n";
  test.each<[string, string | Buffer, RegExp]>([
    ["an empty file", "", /empty/],
    [
      "a truncated gzip",
      gzipSync(columns + "1,1,2013,1,1,0\n".repeat(9_000)).subarray(0, 200),
      /truncated; nothing of it was sent/,
    ],
    ["other columns", "STATE,YEAR\n1,2013\n", /columns are missing:[\s\S]*ST_CASE/],
    ["another encoding", Buffer.concat([Buffer.from(columns), Buffer.from([0xbc, 0xad, 0xbf, 0xef])]), /not UTF-8/],
  ])(
    "%s is a fault with a sentence, and nothing of it is sent",
    async (name, content, message) => {
      const city = ownCity("usa-crashes", folder);
      const run = await runImport(hub, ["crashes", write(`${name}.csv`, content), "--city", city.file]);
      expect([run.code, run.stderr]).toEqual([1, expect.stringMatching(message)]);
      expect(await backfills(city.config.id)).toBe(0);
    },
    LIMIT_MS,
  );

  test(
    "wrong use ends with 2 and says what is wanted",
    async () => {
      expect((await runImport(hub, ["planes", "x.csv"])).code).toBe(2);
      const run = await runImport(hub, ["trips", write("alone.csv", [HEADER, ...trips(1, 1), ""].join("\n"))]);
      expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("--stations")]);
    },
    LIMIT_MS,
  );
});
