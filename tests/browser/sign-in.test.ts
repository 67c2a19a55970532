import { AxeBuilder } from "@axe-core/playwright";
import { openDatabases } from "../support/databases.ts";
import { readEnvironment } from "../support/environment.ts";
import { demoPassword } from "../support/identity/sign-in.ts";
import { type Look, withBrowser } from "./browser.ts";
import { signInStory } from "./sign-in-story.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS: Look[] = ([390, 1440] as const).flatMap((width) =>
  (["light", "dark"] as const).flatMap((theme) =>
    (["ko", "en"] as const).map((language) => ({ width, theme, language })),
  ),
);

withBrowser("signing in at the embedded provider", (visitor) => {
  const environment = readEnvironment();
  if ("missing" in environment) throw new Error(`needs ${environment.missing.join(", ")}`);
  const databases = openDatabases(environment);
  afterAll(() => databases.close());
  signInStory({
    ...visitor,
    demoPassword: (email) => demoPassword(environment.home, email),
    endSessions: async () => void (await databases.hub.query("DELETE FROM identity.stored WHERE model = 'Session'")),
  });

  test.each(LOOKS)(
    "its pages are accessible and fit their screen at $width in $theme, $language",
    async (look) => {
      const { page, complaints } = await visitor.visit("/about", look);
      const found: string[] = [];
      const check = async (name: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        for (const { id, nodes } of violations)
          found.push(`${name} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (beyond > 0) found.push(`${name} is ${beyond} px wider than the screen`);
      };
      await page
        .locator("header")
        .getByRole("button", { name: /^(Sign in|로그인)$/ })
        .click();
      await page.locator("#username").waitFor();
      await expect(page.locator("html").getAttribute("lang")).resolves.toBe(look.language);
      await check("sign-in");
      await page.locator("#username").fill("nobody@madang.example");
      await page.locator("#password").fill("wrong");
      await page.locator("#password").press("Enter");
      await page.getByRole("alert").waitFor();
      await check("sign-in refused");
      await page.locator('a[href*="registration"]').click();
      await page.locator("#password-confirm").waitFor();
      await check("registration");
      await page.locator("#email").fill("reader@madang.example");
      await page.locator("#name").fill("Reader");
      await page.locator("#password").fill("short");
      await page.locator("#password-confirm").fill("short");
      await page.locator("#password-confirm").press("Enter");
      await page.getByRole("alert").waitFor();
      await expect(page.locator(":focus").getAttribute("aria-invalid")).resolves.toBe("true");
      await check("registration refused");
      found.push(...complaints.filter((text) => !/status of (401|422|429)/.test(text)));
      expect(found).toEqual([]);
    },
    120_000,
  );
});
