import { gzipSync } from "node:zlib";
import { ask, DESK, PHONE, withBrowser } from "./browser.ts";

const BUDGET = 200_000;

withBrowser("the home page", ({ hub, visit }) => {
  test("says in one sentence how the city is, in both languages", async () => {
    const { page: korean, complaints } = await visit("/", PHONE);
    await expect(korean.getByTestId("sentence").innerText()).resolves.toMatch(/(이|가) 가장 붐비|없습니다|한산/);
    const { page: english } = await visit("/", DESK);
    await expect(english.getByTestId("sentence").innerText()).resolves.toMatch(/is the busiest|[Nn]o place/);
    expect(complaints).toEqual([]);
  });

  test("counts the places of each of four stages, as the graph does", async () => {
    const { page } = await visit("/", DESK);
    await page.getByTestId("stage").first().waitFor();
    const shown = await page.getByTestId("stage").allInnerTexts();
    expect(shown).toHaveLength(4);
    const { city } = await ask<{ city: { crowd: { counts: { count: number }[] } } }>(
      hub,
      "{ city { crowd { counts { level count } } } }",
    );
    const total = (numbers: number[]): number => numbers.reduce((sum, count) => sum + count, 0);
    const counted = shown.map((text) => Number(/(\d+) places?/.exec(text)?.[1] ?? Number.NaN));
    expect(total(counted)).toBeGreaterThan(0);
    expect(Math.abs(total(counted) - total(city.crowd.counts.map(({ count }) => count)))).toBeLessThanOrEqual(2);
  });

  test("draws a map that fills its frame, and the same as a table", async () => {
    const { page } = await visit("/", DESK);
    const map = page.locator("figure svg[aria-label]");
    await map.locator("path").first().waitFor({ state: "attached" });
    expect(await map.locator("path").count()).toBeGreaterThan(4);
    const links = await map.locator("a").count();
    expect(links).toBeGreaterThan(0);
    await page.getByText("The map as a table").click();
    expect(await page.locator("details[open] tbody").first().locator("tr").count()).toBe(links);
  });

  test("shows the last 24 hours with their interval, and says value and interval to the slider", async () => {
    const { page } = await visit("/", DESK);
    await page.locator('[data-part="band"]').first().waitFor({ state: "attached" });
    const slider = page.getByRole("slider");
    const spoken = await slider.getAttribute("aria-valuetext");
    expect(spoken).toMatch(/\d\d:\d\d–\d\d:\d\d.*(±\d+|withheld)/);
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    expect(await slider.getAttribute("aria-valuetext")).not.toBe(spoken);
  });

  test("is labelled as synthetic and says how fresh it is", async () => {
    const { page } = await visit("/", DESK);
    await page.getByText("Synthetic data").first().waitFor();
    await page
      .getByText(/released .*(ago|now)/)
      .first()
      .waitFor();
  });

  test("changes language and theme at once and remembers both", async () => {
    const { page } = await visit("/", PHONE);
    await page.getByRole("radio", { name: "English" }).click();
    await page.getByRole("heading", { name: "The last 24 hours" }).waitFor();
    await page.getByRole("radio", { name: "Dark" }).click();
    await page.reload();
    await page.getByRole("heading", { name: "The last 24 hours" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    const [r = 255] = await page.evaluate(
      () => getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g)?.map(Number) ?? [],
    );
    expect(r).toBeLessThan(60);
  });

  test("keeps the last known state without a connection, and says so", async () => {
    const { page } = await visit("/", DESK);
    const sentence = await page.getByTestId("sentence").innerText();
    await page.route("**/graphql", (route) => route.abort());
    await page.getByText("This is the last known state").waitFor({ timeout: 50_000 });
    expect(await page.getByTestId("sentence").innerText()).toBe(sentence);
    await page.reload();
    await page.getByText("This is the last known state").waitFor({ timeout: 20_000 });
    expect(await page.getByTestId("sentence").innerText()).toBe(sentence);
  }, 90_000);

  test(`needs at most ${BUDGET / 1000} kB of JavaScript, zoom and all`, async () => {
    const { page } = await visit("/", PHONE);
    await page.waitForTimeout(1500);
    const names = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => name)
        .filter((name) => name.endsWith(".js")),
    );
    const sizes = await Promise.all(
      names.map(async (name) => gzipSync(Buffer.from(await (await fetch(name)).arrayBuffer())).length),
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(names.length).toBeGreaterThan(2);
    expect(total).toBeLessThanOrEqual(BUDGET);
  });

  test("can be walked by keyboard: skip link, map zoom, a place", async () => {
    const { page } = await visit("/", DESK);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => location.hash)).toBe("#main");
    const map = page.locator("figure svg[aria-label]");
    await page.getByRole("button", { name: "Zoom in" }).focus();
    await page.waitForTimeout(800);
    await page.keyboard.press("+");
    await map.and(page.locator('[data-zoomed="true"]')).waitFor();
    await page.keyboard.press("0");
    await map.and(page.locator('[data-zoomed="false"]')).waitFor();
    await map.locator("a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/zones\//);
    await page.getByText("What is collected here").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  });
});
