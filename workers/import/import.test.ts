import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCity } from "../../prisma/cities/city.ts";
import { readArguments } from "./arguments.ts";
import { chooseJobs } from "./choose.ts";
import { importFile } from "./import-file.ts";
import { daysOf, periodOf } from "./period.ts";
import { batchesOf } from "./post-days.ts";
import { createProgress } from "./progress.ts";
import { startReport } from "./rejects.ts";
import { sequenceOf, sequencesOf } from "./sequence.ts";
import { openSpool } from "./spool.ts";
import { withStations } from "./stations.ts";

const folder = mkdtempSync(join(tmpdir(), "import-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const quiet = createProgress({ write: () => true } as unknown as NodeJS.WritableStream, true);
const options = { target: null, period: null, rejects: null, progress: quiet, signal: new AbortController().signal };

const FARS = "STATE,ST_CASE,YEAR,MONTH,DAY,MAN_COLL,TWAY_ID\n";

describe("judging a file", () => {
  test("every row is either taken or listed with its reason, never with its value", async () => {
    const path = file(
      "fars.csv",
      `${FARS}1,10001,2013,1,6,0,I-59\n1,10001,2013,1,6,0,I-59\n1,10002,2013,1,99,0,SECRET ROAD\n77,10003,2013,2,1,0,X\n1,10004\n1,10005,2012,1,1,0,X\n1,10006,2013,12,31,6,X\n`,
    );
    const [job] = await chooseJobs({ ...args("crashes", path) });
    if (job === undefined) throw new Error("no job");
    const rejects = join(folder, "rejects.csv");
    startReport(rejects);
    const report = await importFile(job, { ...options, rejects });
    expect(report).toMatchObject({
      city: "usa-crashes",
      input: 7,
      accepted: 2,
      rejected: { ROW_DUPLICATE: 1, ROW_TIME: 1, ROW_UNKNOWN_PLACE: 1, ROW_COLUMNS: 1, ROW_TOO_OLD: 1 },
      period: { firstDay: "2013-01-01", lastDay: "2013-12-31" },
    });
    const text = readFileSync(rejects, "utf8");
    expect(text.split("\n").sort()).toEqual(
      [
        "file,line,reason,column",
        "fars.csv,3,ROW_DUPLICATE,",
        "fars.csv,4,ROW_TIME,DAY",
        "fars.csv,5,ROW_UNKNOWN_PLACE,STATE",
        "fars.csv,6,ROW_COLUMNS,",
        "fars.csv,7,ROW_TOO_OLD,",
        "",
      ].sort(),
    );
    expect(text).not.toMatch(/SECRET|10002|99/);
  });

  test("a file without rows and a file of other columns are faults that say so", async () => {
    const empty = file("header.csv", FARS);
    const [job] = await chooseJobs({ ...args("crashes", empty) });
    if (job === undefined) throw new Error("no job");
    await expect(importFile(job, options)).rejects.toThrow("a header and no row");
    const other = file("other.csv", "STATE,YEAR\n1,2013\n");
    await expect(chooseJobs(args("crashes", other))).rejects.toThrow(/fars-crashes: ST_CASE, MONTH, DAY, MAN_COLL/);
  });

  test("trips want their list of stations, which may stand among the files", async () => {
    const columns = "trip_id,start_time,end_time,duration_s,start_station_id,end_station_id\n";
    const trips = file("trips.csv", `${columns}1,2014-03-09T01:30:00-08:00,2014-03-09T03:10:00-07:00,2400,2,2\n`);
    const stations = file("stations.csv", "station_id,name,lat,lon\n2,A,37.33,-121.9\n2,A moved,37.34,-121.9\n");
    await expect(chooseJobs(args("trips", trips))).rejects.toThrow("--stations");
    const [job] = await chooseJobs(args("trips", stations, trips));
    expect(job?.city.zones.filter((zone) => zone.kind === "STATION")).toMatchObject([
      { slug: "station-2", nameEn: "A", centre: [-121.9, 37.33] },
    ]);
    if (job !== undefined)
      expect(await importFile(job, options)).toMatchObject({ input: 1, accepted: 1, rejected: {} });
  });

  test("nothing of a file stays behind on the disk", async () => {
    const spool = openSpool();
    spool.add("2013-01-01", { line: 2, key: "a", json: "{}" });
    spool.add("2013-01-01", { line: 3, key: "a", json: "{}" });
    expect(spool.read("2013-01-01")).toEqual({ readings: ["{}"], repeated: [3] });
    expect(spool.read("2013-01-02")).toEqual({ readings: [], repeated: [] });
    spool.remove();
    expect(existsSync(folder)).toBe(true);
    expect(() => spool.read("2013-01-01")).toThrow();
  });
});

function args(kind: "trips" | "counts" | "crashes", ...files: string[]) {
  const base = { stations: null, city: null, period: null, dryRun: true, json: null, rejects: null };
  return { kind, files, ...base } as const;
}

describe("stations", () => {
  const city = loadCity("melbourne");

  test.each([
    ["other columns", "id,lat,lon\n1,-37.8,144.9\n", /columns/],
    ["no row", "sensor_id,sensor_name,lat,lon\n", /no station/],
    ["a place elsewhere", "sensor_id,sensor_name,lat,lon\n1,X,37.8,144.9\n", /line 2: the place is not in/],
    ["a place without numbers", "sensor_id,sensor_name,lat,lon\n1,X,,144.9\n", /line 2: the place is not in/],
    ["an id that is none", "sensor_id,sensor_name,lat,lon\nA B,X,-37.8,144.95\n", /sensor_id/],
  ])("a list with %s is refused", async (name, text, message) => {
    await expect(withStations(city, file(`${name}.csv`, text))).rejects.toThrow(message);
  });
});

describe("the declared period", () => {
  const source = (kind: "trips" | "crashes") => ({
    kind,
    format: "fars-crashes" as const,
    firstDay: "2013-01-01",
    lastDay: "2014-12-30",
    device: "d",
    feed: "f",
  });

  test("is whole months or years, so that it tells nothing of the first and last row", () => {
    const rows = { firstDay: "2014-02-10", lastDay: "2014-02-11" };
    expect(periodOf(source("trips"), rows, null)).toEqual({ firstDay: "2014-02-01", lastDay: "2014-02-28" });
    expect(periodOf(source("crashes"), rows, null)).toEqual({ firstDay: "2014-01-01", lastDay: "2014-12-30" });
  });

  test("is what was asked for, within what the source can hold", () => {
    const rows = { firstDay: "2014-02-10", lastDay: "2014-02-11" };
    const wanted = { firstDay: "2012-05-01", lastDay: "2014-02-10" };
    expect(periodOf(source("trips"), rows, wanted)).toEqual({ firstDay: "2013-01-01", lastDay: "2014-02-10" });
    expect(() => periodOf(source("trips"), rows, { firstDay: "2020-01-01", lastDay: "2020-01-02" })).toThrow("outside");
    expect(daysOf({ firstDay: "2012-02-28", lastDay: "2012-03-01" })).toEqual([
      "2012-02-28",
      "2012-02-29",
      "2012-03-01",
    ]);
  });
});

describe("batches", () => {
  test("are numbered by file, day and part, within 53 bits, and never alike", () => {
    const numbers = ["000000ab", "ffffffab"].flatMap((sha) =>
      ["2014-01-01", "2014-01-02", "2299-12-31"].flatMap((day) =>
        [0, 1, 4095].map((part) => sequenceOf(sha, day, part)),
      ),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.every((one) => Number.isSafeInteger(one) && one >= 0)).toBe(true);
    const [from, to] = sequencesOf("ffffffab");
    expect(sequenceOf("ffffffab", "2014-01-01", 3)).toBeGreaterThanOrEqual(from);
    expect(sequenceOf("ffffffab", "2299-12-31", 3)).toBeLessThan(to);
  });

  test("an empty day is one batch without readings; a full one is cut", () => {
    expect(batchesOf([])).toEqual(["[]"]);
    expect(batchesOf(Array.from({ length: 5_001 }, () => "{}")).map((json) => JSON.parse(json).length)).toEqual([
      5_000, 1,
    ]);
  });
});

describe("the command line", () => {
  test("is understood", () => {
    expect(
      readArguments(["trips", "a", "b", "--period", "2014-01-01..2014-01-03", "--dry-run", "--resume"]),
    ).toMatchObject({
      kind: "trips",
      files: ["a", "b"],
      period: { firstDay: "2014-01-01", lastDay: "2014-01-03" },
      dryRun: true,
    });
    expect(readArguments(["--help"])).toBeNull();
  });

  test.each([[[]], [["planes", "x"]], [["trips"]], [["trips", "x", "--what"]], [["trips", "x", "--period", "2014"]]])(
    "is refused as wrong use: %j",
    (argv) => {
      expect(() => readArguments(argv)).toThrow(expect.objectContaining({ exitCode: 2 }));
    },
  );
});
