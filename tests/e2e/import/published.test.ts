// Slices of the real files, where they lie beside the project.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scenario } from "../../support/environment.ts";
import { openHub } from "../../support/hub.ts";
import { ownCity } from "./own-city.ts";
import { readReport, runImport } from "./run-import.ts";
import { sharedFile, sliceOf } from "./shared-files.ts";

const LIMIT_MS = 180_000;

type Slice = {
  readonly title: string;
  readonly kind: "trips" | "counts" | "crashes";
  readonly city: string;
  readonly file: string;
  readonly stations?: string;
  readonly period: string;
  readonly wanted: (row: string) => boolean;
  /** windows of the period's plans */
  readonly windows: number;
};

const SLICES: readonly Slice[] = [
  {
    title: "two days of Bay Area trips, one of them with a clock set back",
    kind: "trips",
    city: "bay-area-2014",
    file: "mobility/bay_area_bikeshare_2014_trips.csv.gz",
    stations: "mobility/bay_area_bikeshare_2014_stations.csv",
    period: "2014-11-01..2014-11-02",
    wanted: (row) => /^\d+,\d+,2014-11-0[12]T/.test(row),
    windows: 24 + 25 + 2 + 1 + 1,
  },
  {
    title: "a day of Melbourne counts without the hour that spring skips",
    kind: "counts",
    city: "melbourne",
    file: "crowd/melbourne_pedestrians_hourly_2015_2017.csv.gz",
    stations: "crowd/melbourne_pedestrian_sensors.csv",
    period: "2016-10-02..2016-10-02",
    wanted: (row) => row.startsWith("2016-10-02T"),
    windows: 23,
  },
  {
    title: "a week of Korean crashes",
    kind: "crashes",
    city: "korea-crashes",
    file: "incidents/korea_fatal_crashes_2020.csv",
    period: "2020-01-01..2020-01-07",
    wanted: (row) => /^2020,2020-01-0[1-7]T/.test(row),
    windows: 2,
  },
  {
    title: "three days of American crashes",
    kind: "crashes",
    city: "usa-crashes",
    file: "incidents/us_fars_accident_2013.csv.gz",
    period: "2013-01-04..2013-01-06",
    wanted: (row) => {
      const [, , , , , , , , , , , day, month] = row.split(",");
      return month === "1" && ["4", "5", "6"].includes(day ?? "");
    },
    windows: 2,
  },
];

scenario("slices of published files are imported", (environment) => {
  const hub = openHub(environment);
  const folder = mkdtempSync(join(tmpdir(), "published-e2e-"));
  afterAll(async () => {
    await hub.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const slice of SLICES) {
    const file = sharedFile(slice.file);
    const run = file === null ? test.skip : test;
    run(
      `${slice.title}: every row is taken and every window released`,
      async () => {
        const { text, rows } = await sliceOf(file ?? "", slice.wanted);
        expect(rows).toBeGreaterThan(20);
        const path = join(folder, `${slice.city}.csv`);
        writeFileSync(path, text);
        const stations = slice.stations === undefined ? null : sharedFile(slice.stations);
        const city = ownCity(slice.city, folder);
        const json = join(folder, `${slice.city}-report.json`);
        const outcome = await runImport(hub, [
          slice.kind,
          path,
          ...(stations === null ? [] : ["--stations", stations]),
          ...["--city", city.file, "--period", slice.period, "--json", json],
        ]);
        expect([outcome.stderr, outcome.code]).toEqual([expect.any(String), 0]);
        expect(readReport(json)).toMatchObject({
          input: rows,
          accepted: rows,
          rejected: {},
          boundedAway: 0,
          releasedWindows: slice.windows,
          reconciled: true,
        });
      },
      LIMIT_MS,
    );
  }
});
