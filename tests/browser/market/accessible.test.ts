import { AxeBuilder } from "@axe-core/playwright";
import { readEnvironment } from "../../support/environment.ts";
import { demoPassword, demoToken } from "../../support/identity/sign-in.ts";
import { withBrowser } from "../browser.ts";
import { fillSignIn } from "../sign-in-story.ts";
import { requestForTests } from "./request.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/**
 * In each language a page is loaded once and then looked at in every width and theme. All rules are tried in two of the
 * four looks; in the others those that a theme can break.
 */
const LOOKS = [
  { width: 390, theme: "light", rules: null },
  { width: 390, theme: "dark", rules: ["color-contrast"] },
  { width: 1440, theme: "dark", rules: null },
  { width: 1440, theme: "light", rules: ["color-contrast"] },
] as const;
/** An administrator may open every page. */
const WHO = "admin@madang.example";

withBrowser("every page of the market is accessible, fits its screen and stays inside the policy", ({ hub, visit }) => {
  const environment = readEnvironment();
  if ("missing" in environment) throw new Error(`needs ${environment.missing.join(", ")}`);
  let paths: string[] = [];
  beforeAll(async () => {
    const { offer, licence } = await requestForTests(hub, await demoToken("developer"));
    paths = [
      "/market",
      `/market/offers/${offer}`,
      `/market/offers/${offer}/ask`,
      "/requests",
      `/licences/${licence}`,
      "/keys",
      "/organization",
      "/account",
      "/steward",
      `/steward/${licence}`,
      "/audit",
    ];
  }, 60_000);

  test.each(["ko", "en"] as const)(
    "in %s, at both widths and in both themes",
    async (language) => {
      const { page, complaints } = await visit("/requests", { width: 390, theme: "light", language });
      const found: string[] = [];
      const check = async (name: string): Promise<void> => {
        await page.locator("main h1").first().waitFor();
        await page.waitForLoadState("networkidle");
        await page.evaluate(() => {
          for (const more of document.querySelectorAll("main details")) (more as HTMLDetailsElement).open = true;
        });
        for (const { width, theme, rules } of LOOKS) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme: theme });
          const axe = new AxeBuilder({ page });
          const { violations } = await (rules === null ? axe.withTags(TAGS) : axe.withRules([...rules])).analyze();
          for (const { id, nodes } of violations) {
            const where = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
            found.push(`${name}, ${width} ${theme}, ${id}: ${where.join(" | ")}`);
          }
          const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          if (beyond > 0) found.push(`${name}, ${width}: ${beyond} px wider than the screen`);
        }
      };
      await check("/requests, signed out");
      await page
        .locator("main")
        .getByRole("button", { name: /^(Sign in|로그인)$/ })
        .click();
      await page.locator("#username").waitFor();
      await fillSignIn(page, WHO, demoPassword(environment.home, WHO));
      await page.locator("header details > summary").waitFor({ timeout: 30_000 });
      complaints.length = 0;
      for (const path of paths) {
        await page.goto(`${hub}${path}`);
        await page.locator("header details > summary").waitFor({ timeout: 30_000 });
        await check(path.replace(/(offers|licences|steward)\/[^/]+/, "$1/…"));
      }
      await page.locator("main").getByRole("button").first().click();
      await page.getByText(/^(It holds\.|맞습니다\.)$/).waitFor();
      await check("/audit, verified");
      found.push(...complaints.map((complaint) => `complains: ${complaint}`));
      expect(found).toEqual([]);
    },
    600_000,
  );
});
