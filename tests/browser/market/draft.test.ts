import type { Page } from "playwright-core";
import { openDatabases } from "../../support/databases.ts";
import { readEnvironment } from "../../support/environment.ts";
import { demoPassword, demoToken } from "../../support/identity/sign-in.ts";
import { DESK, withBrowser } from "../browser.ts";
import { signInHere } from "./people.ts";
import { requestForTests } from "./request.ts";

const DEVELOPER = "developer@madang.example";
const CITIZEN = "citizen@madang.example";
const PURPOSE = "Plan the rounds of our lorries so that they avoid the busiest quarter hours.";

/** What stands in the page's fields. */
const written = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("textarea, input")].map((field) => (field as HTMLInputElement).value),
  );

withBrowser("a half-filled request", ({ hub, visit }) => {
  const environment = readEnvironment();
  if ("missing" in environment) throw new Error(`needs ${environment.missing.join(", ")}`);
  const databases = openDatabases(environment);
  afterAll(() => databases.close());
  const password = (email: string): string => demoPassword(environment.home, email);

  test("outlives the end of the session for the one who wrote it, and is seen by nobody else", async () => {
    const { offer } = await requestForTests(hub, await demoToken("developer"));
    const { page } = await visit(`/market/offers/${offer}/ask`, DESK);
    await signInHere(page, DEVELOPER, password(DEVELOPER));
    const purpose = page.getByLabel("What will you do with the data?");
    await purpose.fill(PURPOSE);

    await databases.hub.query("DELETE FROM identity.stored WHERE model = 'Session'");
    await page.reload();
    await expect(written(page)).resolves.not.toContain(PURPOSE);
    await signInHere(page, DEVELOPER, password(DEVELOPER));
    await page.getByText("You go on with what you had begun.").waitFor();
    await expect(purpose.inputValue()).resolves.toBe(PURPOSE);
    await expect(written(page)).resolves.toContain(PURPOSE);

    await databases.hub.query("DELETE FROM identity.stored WHERE model = 'Session'");
    await page.reload();
    await signInHere(page, CITIZEN, password(CITIZEN));
    await page.getByRole("heading", { name: "Ask for access" }).waitFor();
    await expect(page.getByText("You go on with what you had begun.").count()).resolves.toBe(0);
    await expect(written(page)).resolves.not.toContain(PURPOSE);
  }, 180_000);
});
