import { AxeBuilder } from "@axe-core/playwright";
import { type Look, withBrowser } from "./browser.ts";

const LOOKS: Look[] = ([390, 1440] as const).flatMap((width) =>
  (["light", "dark"] as const).flatMap((theme) =>
    (["ko", "en"] as const).map((language) => ({ width, theme, language })),
  ),
);
const PATHS = [
  "/",
  "/datasets",
  "/datasets/sangmu-plaza-crowd",
  "/zones/hanmadang",
  "/incidents",
  "/privacy",
  "/about",
  "/nowhere",
];

withBrowser("every page is accessible and stays inside the policy", ({ visit }) => {
  test.each(LOOKS)(
    "at $width in $theme, $language",
    async (look) => {
      for (const path of PATHS) {
        const { page, complaints } = await visit(path, look);
        await page.waitForLoadState("networkidle");
        const { violations } = await new AxeBuilder({ page })
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
          .analyze();
        const found = violations.map(
          ({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
        );
        expect(found).toEqual([]);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(`${path} ${Math.max(0, beyond)} px wider than the screen`).toBe(`${path} 0 px wider than the screen`);
        expect(complaints).toEqual([]);
      }
    },
    120_000,
  );
});
