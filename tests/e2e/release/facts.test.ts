import { randomUUID } from "node:crypto";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { publishFacts } from "../../../workers/facts/publish.ts";
import { publishFreshness } from "../../../workers/facts/publish-freshness.ts";
import { number } from "../../support/stage/look.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { addScene, beat, type Scene } from "../../support/stage/scene.ts";

onStage("the facts worker", (stage) => {
  let hub: Pool;
  let edge: Pool;
  let scene: Scene;
  beforeAll(async () => {
    const addresses = stage().addresses("madang_facts");
    hub = createPool(addresses.hub, { name: "facts" });
    edge = createPool(addresses.edge, { name: "facts" });
    const plan = { statistic: "PRESENCE", step: "PT1H", bound: 6, microEpsilon: 600_000, cells: 1 };
    scene = await addScene(stage(), { plans: [plan] });
    await stage().hub.query(
      `INSERT INTO hub.dataset SELECT ($1 || '-events'), city_id, organization_id, 'EVENTS', 'SAFETY', layer, tier, title_ko,
         title_en, description_ko, description_en, 'x', 'x', keywords, is_synthetic,
         licence_name, licence_url, attribution, source_url, retention_days FROM hub.dataset WHERE id = $1 || '-0'`,
      [scene.slug],
    );
  });
  afterAll(() => Promise.all([hub.end(), edge.end()]));

  const event = (key: string, change: Record<string, unknown> = {}) => ({
    id: randomUUID(),
    dataset: `${scene.slug}-events`,
    key,
    revision: 1,
    category: "POTHOLE",
    severity: "MINOR",
    urgency: "EXPECTED",
    certainty: "OBSERVED",
    startsAt: "2026-11-21T00:00:00Z",
    endsAt: null,
    zone: `${scene.slug}/all`,
    geometry: { type: "Point", coordinates: [126.5, 35.5] },
    ...change,
  });
  const wait = (fact: ReturnType<typeof event>) =>
    stage().edge.query("INSERT INTO edge.fact (id, class, fact) VALUES ($1, 'EVENT', $2)", [fact.id, fact]);
  const published = (key: string) =>
    number(stage().hub, "SELECT count(*) AS n FROM open.event WHERE dataset = $1 AND key = $2", [
      `${scene.slug}-events`,
      key,
    ]);
  const marks = async (ids: string[]) => {
    const { rows } = await stage().edge.query<{ published: boolean; refused: string | null }>(
      "SELECT published, refused FROM edge.fact WHERE id = ANY ($1) ORDER BY array_position($1, id)",
      [ids],
    );
    return rows;
  };

  test("publishes what may be published and marks the rest with a code alone", async () => {
    // kills: one bad fact that holds all others up; a refusal that quotes the fact
    const facts = [
      event("hole-1"),
      event("hurt", { category: "ASSAULT" }),
      event("elsewhere", { dataset: `${scene.slug}-0` }),
      event("hole-2"),
    ];
    for (const fact of facts) await wait(fact);
    expect(await publishFacts(hub, edge)).toBe(4);
    expect(await marks(facts.map(({ id }) => id))).toEqual([
      { published: true, refused: null },
      { published: false, refused: "23514" },
      { published: false, refused: "MD005" },
      { published: true, refused: null },
    ]);
    expect([await published("hole-1"), await published("hurt"), await published("hole-2")]).toEqual([1, 0, 1]);
    expect(await publishFacts(hub, edge)).toBe(0);
  });

  test("publishes a fact once, also when it was cut off before it could say so", async () => {
    // kills: a second leaf or outbox row for a repeated fact
    const fact = event("hole-3");
    await wait(fact);
    await publishFacts(hub, edge);
    await stage().edge.query("UPDATE edge.fact SET published = false WHERE id = $1", [fact.id]);
    await publishFacts(hub, edge);
    const leaves = "SELECT count(*) AS n FROM open.log_leaf WHERE body ->> 'id' = $1";
    expect(await number(stage().hub, leaves, [fact.id])).toBe(1);
  });

  test("shows the leaf of a fact when the fact shows, and not before", async () => {
    // kills: a leaf that tells when a fact came, up to a minute before the fact is public
    const fact = event("hole-4");
    await wait(fact);
    await publishFacts(hub, edge);
    const leaves = () =>
      number(stage().hub, "SELECT count(*) AS n FROM open.published_leaf WHERE body ->> 'id' = $1", [fact.id]);
    const publishAt = (at: string) =>
      stage().hub.query(`UPDATE open.event SET published_at = now() + interval '${at}' WHERE id = $1`, [fact.id]);
    await publishAt("1 second");
    expect(await leaves()).toBe(0);
    await publishAt("-1 second");
    expect(await leaves()).toBe(1);
  });

  test("two copies take turns and lose nothing", async () => {
    const keys = Array.from({ length: 40 }, (_, i) => `many-${i}`);
    for (const key of keys) await wait(event(key));
    while (
      (await number(stage().edge, "SELECT count(*) AS n FROM edge.fact WHERE NOT published AND refused IS NULL")) > 0
    ) {
      await Promise.all([publishFacts(hub, edge, 7), publishFacts(hub, edge, 7)]);
    }
    for (const key of keys) expect(await published(key)).toBe(1);
  });

  test("says how a feed stands from its device heard last, once a minute", async () => {
    // kills: freshness from the arrival of readings
    const now = Date.now();
    await publishFreshness(hub, edge, now - 60_000);
    await beat(stage(), scene, scene.device, [now - 90_000]);
    await Promise.all([publishFreshness(hub, edge, now), publishFreshness(hub, edge, now)]);
    const { rows } = await stage().hub.query("SELECT state FROM open.freshness WHERE feed = $1 ORDER BY at", [
      scene.feed,
    ]);
    expect(rows).toEqual([{ state: "STALE" }, { state: "FRESH" }]);
  });
});
