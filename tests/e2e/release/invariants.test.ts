import { openDatabases, value } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { untilEqual } from "../../support/wait.ts";

/** What holds of every hub at any time, whatever was released before. Only looks. */
scenario("the releases of a running hub", (hub) => {
  const databases = openDatabases(hub);
  afterAll(() => databases.close());
  const inHub = (sql: string) => value<number>(databases.hub, sql);

  test("no slot stays reserved", async () => {
    await untilEqual(
      "slots reserved for more than a minute",
      0,
      () =>
        inHub(
          "SELECT count(*) FROM ledger.slot WHERE state = 'RESERVED' AND reserved_at < now() - interval '1 minute'",
        ),
      { limitMs: 20_000 },
    );
  });

  test("every committed window of a dense plan has a row for each public cell", async () => {
    const incomplete = await inHub(
      `SELECT count(*) FROM (
         SELECT s.id FROM ledger.slot s JOIN hub.plan p ON p.number = s.plan AND p.threshold IS NULL
           JOIN hub.partition q ON q.plan_number = p.number
           LEFT JOIN open.observation o ON o.plan = s.plan AND o.window_start = s.window_start AND o.cell = q.cell
          WHERE s.state = 'COMMITTED' GROUP BY s.id HAVING count(*) <> count(o.cell)) AS one`,
    );
    expect(incomplete).toBe(0);
  });

  test("everything becomes visible at a multiple of its schedule", async () => {
    const odd = await inHub(
      `SELECT count(*) FROM open.release r JOIN hub.plan p ON p.number = r.plan
        WHERE mod(extract(epoch FROM r.published_at), p.schedule_seconds) <> 0`,
    );
    expect(odd).toBe(0);
  });

  test("what a population spent of a day is the sum of its debits, within what it may plan", async () => {
    const wrong = await inHub(
      `SELECT count(*) FROM ledger.population_day d
        WHERE spent_micro > planned_micro
           OR spent_micro <> (SELECT coalesce(sum(epsilon_micro), 0) FROM ledger.debit b
                               WHERE b.population = d.population AND b.day = d.day)
           OR spent_pico_delta <> (SELECT coalesce(sum(delta_pico), 0) FROM ledger.debit b
                                    WHERE b.population = d.population AND b.day = d.day)`,
    );
    expect(wrong).toBe(0);
  });

  test("the hub shows the values that were drawn", async () => {
    const { rows: drawn } = await databases.edge.query<{ slot: string; cells: number[]; values: number[] }>(
      `SELECT slot, to_json(cells) AS cells, to_json(values) AS values FROM edge.draw ORDER BY drawn_at DESC LIMIT 200`,
    );
    for (const { slot, cells, values } of drawn) {
      const { rows } = await databases.hub.query<{ cell: number; value: number | null }>(
        `SELECT o.cell, o.value FROM ledger.slot s JOIN open.observation o ON o.plan = s.plan AND o.window_start = s.window_start
          WHERE s.id = $1 AND s.state = 'COMMITTED' AND o.value IS NOT NULL`,
        [slot],
      );
      const byCell = new Map(cells.map((cell, index) => [cell, values[index]]));
      for (const row of rows) expect(row.value).toBe(byCell.get(row.cell));
    }
  });

  test("a sealed day leaves no contribution, and its key a record of its end", async () => {
    const { rows: left } = await databases.edge.query(
      `SELECT p.population, p.day FROM edge.plan_day p JOIN edge.population_day d USING (population, day)
        WHERE d.state = 'SEALED' AND (EXISTS (SELECT FROM edge.contribution c WHERE c.day = p.day AND c.plan = p.plan)
           OR EXISTS (SELECT FROM edge.bounded b WHERE b.day = p.day AND b.plan = p.plan))`,
    );
    expect(left).toEqual([]);
    const destroyed = await value<number>(
      databases.edge,
      "SELECT count(*) FROM edge.population_day WHERE key_destroyed_at < now() - interval '30 seconds'",
    );
    const records = await inHub(
      "SELECT count(DISTINCT detail) FROM hub.processing_record WHERE kind = 'KEY_DESTROYED'",
    );
    expect(records).toBeGreaterThanOrEqual(destroyed);
    const doubled = await inHub(
      `SELECT count(*) FROM (SELECT FROM hub.processing_record WHERE kind = 'KEY_DESTROYED'
          GROUP BY detail ->> 'population', detail ->> 'day' HAVING count(*) > 1) AS one`,
    );
    expect(doubled).toBe(0);
  });
});
