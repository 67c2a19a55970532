import { AxeBuilder } from "@axe-core/playwright";
import { type Look, withBrowser } from "./browser.ts";

const LOOKS: Look[] = ([390, 1440] as const).flatMap((width) =>
  (["light", "dark"] as const).flatMap((theme) =>
    (["ko", "en"] as const).map((language) => ({ width, theme, language })),
  ),
);
const PATHS = ["/", "/datasets", "/datasets/sangmu-plaza-crowd", "/zones/hanmadang"];
/** Mostly text: looked at once on the phone and once on the desk. */
const TEXTS = ["/incidents", "/privacy", "/about", "/nowhere", "/market", "/datasets/sangmu-freight"];
/** WCAG 2.2 AA and what axe calls best practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

withBrowser("every page is accessible, fits its screen and stays inside the policy", ({ hub, visit }) => {
  test.each(LOOKS)(
    "at $width in $theme, $language",
    async (look) => {
      const found: string[] = [];
      const { page, complaints } = await visit("/", look);
      for (const path of [...PATHS, ...(look.theme === "light" && look.language === "ko" ? TEXTS : [])]) {
        complaints.length = 0;
        await page.goto(`${hub}${path}`);
        await page.locator("main h1").first().waitFor();
        await page.waitForLoadState("networkidle");
        await page.evaluate(() => {
          for (const twin of document.querySelectorAll("details")) twin.open = true;
        });
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        for (const { id, nodes } of violations) {
          found.push(`${path} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
        }
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (beyond > 0) found.push(`${path} is ${beyond} px wider than the screen`);
        found.push(...complaints.map((complaint) => `${path} complains: ${complaint}`));
      }
      expect(found).toEqual([]);
    },
    240_000,
  );
});
