import fc from "fast-check";
import { namesHarm } from "../../../core/edge/harm.ts";
import { blockOf } from "../../../core/incidents/block.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { publishReports } from "../../../workers/facts/publish-reports.ts";
import { number } from "../../support/stage/look.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { addReportScene, type CellOf, type From, type ReportScene, type Told } from "../../support/stage/reports.ts";

const HOUR = 3_600_000;
const DEVICES = ["a", "b", "c", "d", "e", "f", "g"];
const five: readonly From[] = ["a", "b", "c", "d", "e"].map((device) => ({ device }));

onStage("reports of sensitive things", (stage) => {
  let hub: Pool;
  let edge: Pool;
  let scene: ReportScene;
  beforeAll(async () => {
    const addresses = stage().addresses("madang_facts");
    hub = createPool(addresses.hub, { name: "facts" });
    edge = createPool(addresses.edge, { name: "facts" });
    scene = await addReportScene(stage(), DEVICES);
    await scene.seal(2, 3, 4, 5, 6);
  });
  afterAll(async () => {
    await Promise.all([hub.end(), edge.end(), scene.close()]);
  });

  const judge = () => publishReports(hub, edge);
  const rowsOf = async ({ point, ...cell }: CellOf, dataset = scene.datasets[0]) => {
    const { rows } = await stage().hub.query<{ category: string; severity: string; cause: string | null }>(
      `SELECT category, severity, cause FROM open.event
        WHERE dataset = $1 AND snap_point IS NOT DISTINCT FROM $2 AND starts_at = $3 ORDER BY category`,
      [dataset, point === null ? null : `p-${point}`, new Date(scene.blockOf({ point, ...cell }).from)],
    );
    return rows;
  };
  const kinds = async (cell: CellOf, dataset?: string) => (await rowsOf(cell, dataset)).map(({ category }) => category);
  /** Each source tells of noise, the first one of dumping, too. */
  const tell = async (cell: CellOf, sources: readonly From[], change: Partial<Told> = {}) => {
    const [first] = sources;
    const second = first === undefined ? [] : [scene.report(cell, first, { ...change, category: "DUMPING" })];
    expect(await scene.tell([...sources.map((from) => scene.report(cell, from, change)), ...second])).toEqual([]);
  };

  test("five verified sources and two kinds unlock a cell: at its snap point, by its block, the same in every tier", async () => {
    // kills: a cell that is split by tier
    const cell = { point: 0 };
    await tell(cell, five);
    await judge();
    expect(await rowsOf(cell)).toEqual([
      { category: "DUMPING", severity: "UNKNOWN", cause: null },
      { category: "NOISE", severity: "MINOR", cause: "HUMAN" },
    ]);
    expect(await rowsOf(cell, scene.datasets[1])).toEqual(await rowsOf(cell));
    const { rows } = await stage().hub.query(
      `SELECT geometry, snapped, urgency, certainty, zone, extract(epoch FROM ends_at - starts_at)::integer AS seconds,
              published_at >= ends_at + interval '24 hours' AS late_enough
         FROM open.event WHERE dataset = $1 AND snap_point = 'p-0' AND category = 'NOISE'`,
      [scene.datasets[0]],
    );
    expect(rows).toEqual([
      {
        ...{ geometry: { type: "Point", coordinates: scene.pointAt(0) }, snapped: true, urgency: "PAST" },
        ...{ certainty: "LIKELY", zone: `${scene.slug}/all`, seconds: 10_800, late_enough: true },
      },
    ]);
  });

  test.each<[string, () => readonly From[], boolean]>([
    ["four devices", () => five.slice(1), false],
    ["four devices and a guest", () => [...five.slice(1), { account: "x", guest: true }], false],
    [
      "four devices and an account that a device without that right names",
      () => [...five.slice(1), { device: "a", account: "x" }],
      false,
    ],
    ["four devices and a verified account", () => [...five.slice(1), { account: "x" }], true],
    ["five verified accounts", () => ["v", "w", "x", "y", "z"].map((account) => ({ account })), true],
    [
      "one account written in five ways",
      () => ["x y", "xy", "X Y", "ｘｙ", " xy "].map((account) => ({ account })),
      false,
    ],
  ])("%s", async (_who, sources, unlocks) => {
    const cell = { point: 20 + ++cells };
    await tell(cell, sources());
    await judge();
    expect(await kinds(cell)).toEqual(unlocks ? ["DUMPING", "NOISE"] : []);
  });
  let cells = 0;

  test("one kind alone unlocks nothing, however many sources tell of it", async () => {
    // kills: the check of two kinds dropped
    const cell = { point: 1 };
    await scene.tell(DEVICES.map((device) => scene.report(cell, { device })));
    await judge();
    expect(await kinds(cell)).toEqual([]);
  });

  test("sources of two feeds, of whatever tier, count together, and each of them once", async () => {
    // kills: a check per tier, in which three devices on two feeds are six sources
    const [together, twice] = [{ point: 2 }, { point: 3 }];
    await tell(
      together,
      five.map((from, nth) => ({ ...from, feed: nth < 3 ? 0 : 1 })),
    );
    await tell(twice, [...five.slice(0, 3), ...five.slice(0, 3).map((from) => ({ ...from, feed: 1 as const }))]);
    await judge();
    expect(await kinds(together)).toEqual(["DUMPING", "NOISE"]);
    for (const dataset of scene.datasets) expect(await kinds(twice, dataset)).toEqual([]);
  });

  test("sources in two blocks, or at two points side by side, do not add up", async () => {
    // kills: a cell that is larger than point and block
    const halves = [five.slice(0, 3), [...five.slice(3), { device: "f" }]] as const;
    await tell({ point: 4, block: 1 }, halves[0]);
    await tell({ point: 4, block: 2 }, halves[1]);
    await tell({ point: 5 }, halves[0]);
    await tell({ point: 6 }, halves[1]);
    await judge();
    for (const cell of [{ point: 4, block: 1 }, { point: 4, block: 2 }, { point: 5 }, { point: 6 }]) {
      expect(await kinds(cell)).toEqual([]);
    }
  });

  test("a later revision replaces the earlier one: of a kind that a source took back nothing is left", async () => {
    const cell = { point: 7 };
    const first = five.map((from) => scene.report(cell, from, { key: "mine" }));
    await scene.tell([
      ...first,
      scene.report(cell, { device: "a" }, { key: "mine", revision: 2, category: "DUMPING" }),
    ]);
    await scene.tell([scene.report(cell, { device: "a" }, { key: "mine", revision: 3, category: "NOISE" })]);
    await judge();
    expect(await kinds(cell)).toEqual([]);
  });

  test("reports of a device that was revoked since count no more, nor do accounts that it vouched for", async () => {
    const [device, voucher] = [{ point: 8 }, { point: 9 }];
    await tell(device, [...five.slice(0, 4), { device: "g" }]);
    await tell(
      voucher,
      ["v", "w", "x", "y", "z"].map((account) => ({ account })),
    );
    const revoke = (ids: string[], at: string | null) =>
      stage().hub.query("UPDATE hub.device SET revoked_at = $2 WHERE id = ANY ($1)", [ids, at]);
    const gone = [scene.named("g"), scene.named("voucher")];
    await revoke(gone, "2026-01-01");
    await judge();
    await revoke(gone, null);
    await judge();
    expect([await kinds(device), await kinds(voucher)]).toEqual([[], []]);
  });

  test("a cell is judged once: what comes after unlocks nothing", async () => {
    // kills: a report that unlocks what was locked, so that its arrival shows
    const cell = { point: 10 };
    await tell(cell, five.slice(0, 4));
    await judge();
    await tell(cell, five.slice(4));
    await judge();
    expect(await kinds(cell)).toEqual([]);
  });

  test("a cell waits until its day is sealed and its block is a day old", async () => {
    // kills: the delay dropped; a cell that is judged while more may come
    const [open, young] = [
      { point: 11, ago: 8 },
      { point: 12, ago: 0, block: 0 },
    ];
    await tell(open, five);
    await judge();
    expect(await kinds(open)).toEqual([]);
    await scene.seal(8);
    await judge();
    expect(await kinds(open)).toEqual(["DUMPING", "NOISE"]);
    if (Date.now() < scene.blockOf(young).from + 7_200_000) return;
    await tell(young, five);
    await scene.seal(0);
    await judge();
    expect(await kinds(young)).toEqual([]);
  });

  test("reports far from every point unlock without a place: the city is all that is told", async () => {
    const cell = { point: null };
    await tell(cell, five);
    await judge();
    expect(await kinds(cell)).toEqual(["DUMPING", "NOISE"]);
    const { rows } = await stage().hub.query(
      "SELECT DISTINCT zone, geometry FROM open.event WHERE dataset = $1 AND snapped AND snap_point IS NULL",
      [scene.datasets[0]],
    );
    expect(rows).toEqual([{ zone: `${scene.slug}/all`, geometry: null }]);
  });

  test("publishes a cell once, also when it was cut off before it could say so", async () => {
    // kills: a second row or leaf; another set of kinds for a cell that stands
    const cell = { point: 13 };
    await tell(cell, five);
    await judge();
    const leaves = () => number(stage().hub, "SELECT count(*) AS n FROM open.log_leaf");
    const before = await leaves();
    const again = (change: string) =>
      stage().edge.query(`UPDATE edge.report_cell SET published = false, fact = ${change} WHERE point = 'p-13'`);
    await again("fact");
    await judge();
    await again(`jsonb_set(fact, '{incidents,0,category}', '"TRAFFIC_ACCIDENT"')`);
    await judge();
    expect(await kinds(cell)).toEqual(["DUMPING", "NOISE"]);
    expect(await leaves()).toBe(before);
  });

  test("judges nothing while the hub does not say which devices are revoked", async () => {
    // kills: a revoked device that counts because nobody asked
    await expect(edge.query("SELECT edge.unlock_reports(NULL)")).rejects.toMatchObject({ code: "MD021" });
    const cell = { point: 14 };
    await tell(cell, five);
    const away = createPool("postgres://nobody@127.0.0.1:1/none", { name: "away" });
    await expect(publishReports(away, edge)).rejects.toThrow();
    await away.end();
    expect(await number(stage().edge, "SELECT count(*) AS n FROM edge.report_cell WHERE point = 'p-14'")).toBe(0);
    await judge();
    expect(await kinds(cell)).toEqual(["DUMPING", "NOISE"]);
  });

  test("two copies judge a cell once", async () => {
    for (let point = 40; point < 50; point++) await tell({ point, ago: 4 }, five);
    await Promise.all([judge(), judge(), judge()]);
    for (let point = 40; point < 50; point++) expect(await kinds({ point, ago: 4 })).toEqual(["DUMPING", "NOISE"]);
  });

  test("whatever is told, the database unlocks exactly the cells that the law unlocks", async () => {
    // kills: reports counted instead of sources; unverified ones counted; kinds not counted
    const one = fc.record({
      device: fc.constantFrom(...DEVICES),
      feed: fc.constantFrom(0 as const, 1 as const),
      category: fc.constantFrom("NOISE" as const, "DUMPING" as const, "TRAFFIC_ACCIDENT" as const),
      account: fc.constantFrom(undefined, undefined, "x", "y"),
    });
    const cellsOf = fc.array(fc.array(one, { maxLength: 12 }), { minLength: 40, maxLength: 40 });
    let ago = 20;
    await fc.assert(
      fc.asyncProperty(cellsOf, async (told) => {
        ago++;
        const reports = told.flatMap((cell, point) =>
          cell.map(({ category, account, ...from }) =>
            scene.report({ point, ago }, account === undefined ? from : { account, feed: from.feed }, { category }),
          ),
        );
        await scene.tell(reports);
        await scene.seal(ago);
        await judge();
        for (const [point, cell] of told.entries()) {
          const sources = new Set(cell.map(({ device, account }) => account ?? device));
          const found = [...new Set(cell.map(({ category }) => category))].sort();
          expect(await kinds({ point, ago })).toEqual(sources.size >= 5 && found.length >= 2 ? found : []);
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }, 120_000);

  describe("the hub refuses", () => {
    const insert = (change: Record<string, unknown>) => {
      const { from, to } = scene.blockOf({ point: 30 });
      const row = {
        ...{ dataset: scene.datasets[0], key: `k-${++cells}`, category: "NOISE", zone: `${scene.slug}/all` },
        ...{ starts_at: new Date(from), ends_at: new Date(to), published_at: new Date(), snapped: true },
        ...{ snap_city: scene.slug, snap_version: 1, snap_point: "p-30" },
        geometry: { type: "Point", coordinates: scene.pointAt(30) },
        ...change,
      };
      return stage().hub.query(
        `INSERT INTO open.event (id, revision, severity, urgency, certainty, ${Object.keys(row).join(", ")})
         VALUES (gen_random_uuid(), 1, 'MINOR', 'PAST', 'LIKELY', ${Object.keys(row)
           .map((_, nth) => `$${nth + 1}`)
           .join(", ")})`,
        Object.values(row),
      );
    };
    const hours = (count: number) => (at: number) => new Date(at + count * 3_600_000);

    test("nothing of what is right", async () => {
      await insert({});
    });

    test.each<[string, () => Record<string, unknown>, string]>([
      [
        "a place beside the snap point",
        () => ({ geometry: { type: "Point", coordinates: [126.3001, 35.3301] } }),
        "MD005",
      ],
      ["a point that is none", () => ({ snap_point: "p-99" }), "MD005"],
      [
        "no place in a city without an outline",
        () => ({ snap_point: null, geometry: null, zone: `${scene.slug}/none` }),
        "MD005",
      ],
      ["an hour in a block", () => ({ starts_at: hours(1)(scene.blockOf({ point: 30 }).from) }), "MD005"],
      ["six hours", () => ({ ends_at: hours(3)(scene.blockOf({ point: 30 }).to) }), "MD005"],
      ["no end", () => ({ ends_at: null }), "MD005"],
      [
        "a block of today",
        () => ({
          starts_at: new Date(scene.blockOf({ point: 30, ago: 0, block: 0 }).from),
          ends_at: new Date(scene.blockOf({ point: 30, ago: 0, block: 0 }).to),
        }),
        "MD005",
      ],
      [
        "a sensitive row that does not snap",
        () => ({ snapped: false, snap_city: null, snap_version: null, snap_point: null }),
        "MD005",
      ],
      ["a thing that snaps", () => ({ category: "POTHOLE" }), "23514"],
      ["a kind that is on no list", () => ({ category: "ASSAULT" }), "23514"],
      ["a cause that is on no list", () => ({ cause: "DRUNKEN_DRIVER" }), "23514"],
    ])("%s", async (_what, change, code) => {
      await expect(insert(change())).rejects.toMatchObject({ code });
    });

    test.each<[string, Record<string, unknown>]>([
      ["a cell of one kind", { incidents: [{ category: "NOISE", severity: "MINOR" }] }],
      ["a cell of one kind told twice", { incidents: Array(2).fill({ category: "NOISE", severity: "MINOR" }) }],
      ["a kind of things", { incidents: ["NOISE", "POTHOLE"].map((category) => ({ category, severity: "MINOR" })) }],
      ["a place without its point", { point: "nowhere" }],
      ["another population", { population: 2_000_000 }],
    ])("%s", async (_what, change) => {
      const { from, to } = scene.blockOf({ point: 31 });
      const fact = {
        ...{
          population: scene.population,
          snapVersion: 1,
          point: "p-31",
          startsAt: new Date(from),
          endsAt: new Date(to),
        },
        incidents: ["NOISE", "DUMPING"].map((category) => ({ category, severity: "MINOR", cause: null })),
        ...change,
      };
      await expect(hub.query("SELECT open.publish_fact('SNAPPED', $1, 60)", [fact])).rejects.toMatchObject({
        code: "MD005",
      });
    });

    test("to move a snap point, or to have one with seven addresses", async () => {
      await expect(stage().hub.query("UPDATE hub.snap_point SET longitude = longitude + 1")).rejects.toMatchObject({
        code: "MD030",
      });
      await expect(
        stage().hub.query(
          "INSERT INTO hub.snap_point SELECT city_id, version, 'home', zone_id, name_ko, name_en, longitude, latitude, 7 FROM hub.snap_point LIMIT 1",
        ),
      ).rejects.toMatchObject({ code: "23514" });
    });

    test("a dataset of incidents that states no bias", async () => {
      await expect(
        stage().hub.query("UPDATE hub.dataset SET bias_statement_en = NULL WHERE id = $1", [scene.datasets[0]]),
      ).rejects.toMatchObject({ code: "23514" });
    });
  });

  test("the hub knows the blocks of every calendar, also where the clock changes", async () => {
    // kills: a block of two hours on the day that has 23, or 25
    const zones = ["Asia/Seoul", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu"];
    const instants = [
      "2018-11-04T05:00:00Z",
      "2026-03-08T20:00:00Z",
      "2026-11-01T20:00:00Z",
      "2026-04-04T20:00:00Z",
    ].flatMap((at) => Array.from({ length: 40 }, (_, nth) => Date.parse(at) + (nth - 20) * HOUR + 1_234_567));
    const blocks = zones.flatMap((zone) => instants.map((at) => ({ zone, ...blockOf(at, zone) })));
    const judged = async (shift: (block: { from: number; to: number }) => { from: number; to: number }) => {
      const { rows } = await stage().hub.query<{ right: number; all: number }>(
        `SELECT count(*) FILTER (WHERE open.is_block(to_timestamp(f / 1000.0), to_timestamp(t / 1000.0), z)) AS right, count(*) AS all
           FROM unnest($1::float8[], $2::float8[], $3::text[]) AS b (f, t, z)`,
        [blocks.map((one) => shift(one).from), blocks.map((one) => shift(one).to), blocks.map(({ zone }) => zone)],
      );
      return rows[0];
    };
    expect(await judged((block) => block)).toEqual({ right: blocks.length, all: blocks.length });
    expect(await judged(({ from, to }) => ({ from, to: to - HOUR }))).toMatchObject({ right: 0 });
    expect(await judged(({ from, to }) => ({ from: from + HOUR, to }))).toMatchObject({ right: 0 });
    expect(await judged(({ from, to }) => ({ from: from + HOUR, to: to + HOUR }))).toMatchObject({ right: 0 });
  });

  test("no list of the public database has a word on injury or death", async () => {
    // kills: a category of persons added by a migration
    const { rows } = await stage().hub.query<{ text: string }>(
      `SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint
        WHERE conrelid = 'open.event'::regclass AND contype = 'c'`,
    );
    const words = rows.flatMap(({ text }) => [...text.matchAll(/'([A-Za-z_]+)'/g)].map(([, word = ""]) => word));
    expect(words).toEqual(expect.arrayContaining(["ROAD_WORKS", "TRAFFIC_ACCIDENT", "EXTREME", "HUMAN"]));
    expect(words.filter(namesHarm)).toEqual([]);
  });

  test("duplicates of several sources are one incident inside, with where each part comes from", async () => {
    const cell = { point: 15 };
    await tell(cell, [{ device: "a" }, { device: "b" }, { account: "x" }, { account: "y", guest: true }]);
    const { rows } = await edge.query<{
      sources: number;
      verified_sources: number;
      provenance: { sourceKind: string }[];
    }>(
      "SELECT sources, verified_sources, provenance FROM edge.merged_incident WHERE point = 'p-15' AND category = 'NOISE' AND block_start = $1",
      [new Date(scene.blockOf(cell).from)],
    );
    expect(rows).toMatchObject([{ sources: 4, verified_sources: 3 }]);
    expect(rows[0]?.provenance.map(({ sourceKind }) => sourceKind).sort()).toEqual([
      "ACCOUNT",
      "DEVICE",
      "DEVICE",
      "GUEST",
    ]);
  });

  test("only the redacted note is kept, and nothing of it leaves the restricted database", async () => {
    // kills: a note stored as it came; a note that is published
    const cell = { point: 16 };
    await tell(cell, five, { note: "흰 차 12가3456 옆에 쓰레기, 연락 010-1234-5678" });
    await judge();
    expect(await kinds(cell)).toEqual(["DUMPING", "NOISE"]);
    const notes = await edge.query<{ note: string }>(
      `SELECT jsonb_path_query(provenance, '$[*].note') #>> '{}' AS note FROM edge.merged_incident
        WHERE point = 'p-16' AND block_start = $1`,
      [new Date(scene.blockOf(cell).from)],
    );
    expect(notes.rows).toHaveLength(6);
    for (const { note } of notes.rows) {
      expect(note).toContain("쓰레기");
      expect(note).not.toMatch(/3456|5678/);
    }
    const { rows } = await stage().hub.query<{ all: string }>(
      `SELECT (SELECT string_agg(e::text, '') FROM open.event e) || (SELECT string_agg(l::text, '') FROM open.log_leaf l) AS all`,
    );
    expect(rows[0]?.all).not.toMatch(/쓰레기|연락/);
  });

  test("no role but the facts worker's reads what was told, and none writes what is unlocked", async () => {
    // kills: notes that another process can read; a cell that somebody declares unlocked
    const attempts: [string, string, string][] = [
      ["madang_ingest", "SELECT FROM edge.report", "42501"],
      ["madang_ingest", "SELECT FROM edge.report_note", "42501"],
      ["madang_ingest", "SELECT FROM edge.merged_incident", "42501"],
      ["madang_ingest", "SELECT edge.unlock_reports('{}')", "42501"],
      ["madang_release", "SELECT FROM edge.merged_incident", "42501"],
      ["madang_intake", "SELECT FROM edge.report", "42501"],
      ["madang_background", "SELECT FROM edge.report_note", "42501"],
      [
        "madang_facts",
        "INSERT INTO edge.report_cell (population, snap_version, point, block_start) VALUES (1, 1, '', now())",
        "42501",
      ],
      ["madang_facts", "UPDATE edge.report_cell SET fact = '{}'", "42501"],
      ["madang_facts", "UPDATE edge.report SET verified = true", "42501"],
    ];
    for (const [role, sql, code] of attempts) {
      const pool = createPool(stage().addresses(role).edge, { name: "try" });
      await expect(pool.query(sql)).rejects.toMatchObject({ code });
      await pool.end();
    }
  });

  test("reports and notes end seven days after their receipt, by chunk", async () => {
    const background = createPool(stage().addresses("madang_background").edge, { name: "background" });
    await stage().edge.query(
      `INSERT INTO edge.report SELECT id, received_at - interval '9 days', population, day, source, source_kind, verified, device,
         feed, key, revision, category, severity, urgency, certainty, cause, at, longitude, latitude, snap_version, point,
         block_start, block_end FROM edge.report LIMIT 10`,
    );
    const old = () =>
      number(stage().edge, "SELECT count(*) AS n FROM edge.report WHERE received_at < now() - interval '8 days'");
    expect(await old()).toBe(10);
    const kept = await number(stage().edge, "SELECT count(*) AS n FROM edge.report");
    await background.query("SELECT edge.drop_reports()");
    await background.end();
    expect(await old()).toBe(0);
    expect(await number(stage().edge, "SELECT count(*) AS n FROM edge.report")).toBe(kept - 10);
  });
});
