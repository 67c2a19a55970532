import { onStage } from "../../support/stage/on-stage.ts";
import { addScene, type PlanWish } from "../../support/stage/scene.ts";

const PLAN: PlanWish = { statistic: "PRESENCE", step: "PT1H", bound: 6, microEpsilon: 600_000, cells: 1 };

onStage("the plan of a histogram", (stage) => {
  const change = async (statistic: string, split: string, edges: string) => {
    const scene = await addScene(stage(), { plans: [PLAN] });
    await stage().hub.query(
      `UPDATE hub.plan SET statistic = $2::hub."Statistic", split = $3, bin_edges = $4 WHERE number = $1`,
      [scene.plans[0], statistic, split, edges],
    );
    return { plan: scene.plans[0] ?? 0, zone: `${scene.slug}/all` };
  };

  test.each([
    ["a speed without bins", "SPEED", "BIN", "{}"],
    ["a speed that is one number", "SPEED", "NONE", "{0,100}"],
    ["a dwell of one bin", "DWELL", "BIN", "{0}"],
    ["a first bin above zero", "DWELL", "BIN", "{10,100}"],
    ["edges that do not ascend", "SPEED", "BIN", "{0,100,100}"],
    ["an edge that is none", "SPEED", "BIN", "{0,NULL}"],
    ["bins of a count", "PRESENCE", "BIN", "{0,100}"],
    ["edges of a count", "PRESENCE", "NONE", "{0,100}"],
  ])("is refused by the database with %s", async (_, statistic, split, edges) => {
    // kills: a statistic of values that is no histogram (rule P7)
    await expect(change(statistic, split, edges)).rejects.toMatchObject({ code: "23514", constraint: "plan_bins" });
  });

  test("has partitions that name its bins, and no others", async () => {
    const { plan, zone } = await change("SPEED", "BIN", "{0,100,300}");
    const add = (cell: number, category: string | null) =>
      stage().hub.query("INSERT INTO hub.partition (plan_number, cell, zone_id, category) VALUES ($1, $2, $3, $4)", [
        ...[plan, cell, zone, category],
      ]);
    for (const [at, bin] of ["0-100", "100-300", "300-"].entries()) await add(at + 2, bin);
    for (const wrong of ["0-300", "100-", "300", "", null]) {
      await expect(add(9, wrong)).rejects.toMatchObject({ code: "MD018" });
    }
    await expect(
      stage().hub.query("UPDATE hub.partition SET category = '0-50' WHERE plan_number = $1 AND cell = 2", [plan]),
    ).rejects.toMatchObject({ code: "MD018" });
  });

  test.each([
    [
      "a lateness under which three days are open",
      "UPDATE hub.population SET lateness_seconds = 57601 WHERE number = $1",
    ],
    ["a clock ahead of the opened day", "UPDATE hub.population SET skew_seconds = 601 WHERE number = $1"],
    ["a schedule of more than a day", "UPDATE hub.plan SET schedule_seconds = 86401 WHERE population_number = $1"],
    ["a grace beyond any lateness", "UPDATE hub.plan SET grace_seconds = 57601 WHERE population_number = $1"],
  ])("and of any other statistic is refused %s", async (_, sql) => {
    const scene = await addScene(stage(), { plans: [PLAN] });
    await expect(stage().hub.query(sql, [scene.population])).rejects.toMatchObject({ code: "23514" });
  });
});
