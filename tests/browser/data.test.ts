import { ask, DESK, PHONE, withBrowser } from "./browser.ts";

type Columns = { start: number[]; value: (number | null)[]; withheld: (string | null)[] };

withBrowser("the data pages", ({ hub, visit }) => {
  test("list every dataset, find by words and facet, and say when nothing fits", async () => {
    const { page, complaints } = await visit("/datasets", PHONE);
    const { datasets } = await ask<{ datasets: { totalCount: number } }>(hub, "{ datasets(first: 1) { totalCount } }");
    await page.getByText(`데이터셋 ${datasets.totalCount}개`).waitFor();
    await page.getByRole("button", { name: /^혼잡/ }).click();
    await page.waitForURL(/domain=CROWD/);
    await page.getByRole("searchbox").fill("qqqqqq");
    await page.keyboard.press("Enter");
    await page.getByText("맞는 것이 없습니다").waitFor();
    await page.getByRole("button", { name: "전체 보기" }).click();
    await page.getByText(`데이터셋 ${datasets.totalCount}개`).waitFor();
    expect(complaints).toEqual([]);
  });

  test("show a dataset with band, map, privacy card and the question as a program asks it", async () => {
    const { page, complaints } = await visit("/datasets/sangmu-plaza-crowd", DESK);
    await page.locator('[data-part="band"]').first().waitFor({ state: "attached" });
    await page.locator("figure svg[aria-label] a").first().waitFor();
    await page.getByText("The privacy promise").waitFor();
    for (const days of ["1", "7", "30", "365"])
      await page.getByRole("rowheader", { name: days, exact: true }).waitFor();
    const snippet = await page.locator("pre").innerText();
    const answer = await ask<{ dataset: { series: { columns: Columns } } }>(hub, snippet);
    expect(answer.dataset.series.columns.start.length).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  test("show a histogram: every bin of its plan can be chosen", async () => {
    for (const slug of ["sangmu-speeds", "sangmu-dwell"]) {
      const { page, complaints } = await visit(`/datasets/${slug}`, DESK);
      await page.locator('[data-part="band"]').first().waitFor({ state: "attached" });
      const { dataset } = await ask<{ dataset: { plan: { bins: { from: number }[] } } }>(
        hub,
        `{ dataset(slug: "${slug}") { plan { bins { from } } } }`,
      );
      const bins = page.getByRole("combobox", { name: "Bin", exact: true }).getByRole("option");
      await expect(bins.count()).resolves.toBe(dataset.plan.bins.length);
      expect(complaints).toEqual([]);
    }
  });

  test("give a file that equals what the graph says", async () => {
    const { page } = await visit("/datasets/sangmu-plaza-crowd?span=week", DESK);
    const place = await page.getByRole("combobox", { name: "Place" }).inputValue();
    const link = page.getByRole("link", { name: "Download CSV" });
    const address = new URL((await link.getAttribute("href")) ?? "", hub);
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const csv = await (await fetch(address)).text();
    const [head = "", ...lines] = csv.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const names = head.split(",");
    const rows = lines.map((line) => line.split(","));
    const column = (name: string): string[] => rows.map((row) => row[names.indexOf(name)] ?? "");
    const { dataset } = await ask<{ dataset: { series: { columns: Columns } } }>(
      hub,
      `query ($period: PeriodInput!, $place: String!) { dataset(slug: "sangmu-plaza-crowd") {
         series(area: { places: [$place] }, period: $period) { columns { start value withheld } } } }`,
      {
        place: address.searchParams.get("area") ?? place,
        period: { from: address.searchParams.get("from"), to: address.searchParams.get("to") },
      },
    );
    const { start, value, withheld } = dataset.series.columns;
    expect(start.length).toBeGreaterThan(100);
    expect(column("place").every((slug) => slug === place)).toBe(true);
    expect(column("start").map((at) => Date.parse(at))).toEqual(start);
    expect(column("value").map((text) => (text === "" ? null : Number(text)))).toEqual(value);
    expect(column("withheld").map((text) => text || null)).toEqual(withheld);
  });

  test("join crowd, bikes and incidents of one place", async () => {
    const { page, complaints } = await visit("/zones/hanmadang", PHONE);
    await page.getByText("이곳에서 모으는 것").waitFor();
    await page.getByRole("heading", { name: "사건" }).waitFor();
    await page.locator('[data-part="band"]').first().waitFor({ state: "attached" });
    expect(complaints).toEqual([]);
  });

  test("answer an address that leads nowhere with the way on", async () => {
    for (const path of ["/nowhere", "/datasets/no-such-data", "/zones/no-such-place"]) {
      const { page } = await visit(path, DESK);
      await page.getByRole("heading", { name: "There is no page at this address" }).waitFor();
    }
  });
});
