import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { until } from "../../support/wait.ts";
import { DESK, type Visitor } from "../browser.ts";
import { askSeries, dayOf, periodOf, released } from "./asked.ts";
import { newPerson, signInHere, signUpHere } from "./people.ts";
import { forged, keepProof, verify } from "./proof.ts";

export type StoryOptions = Visitor & { demoPassword(email: string): string };

const STEWARD = "steward@madang.example";
const OFFER = "Licensed use";

/**
 * From the first click of a developer to the second in which the access is taken back, through the pages alone; what
 * programs may read is asked beside them, with the keys that the pages gave.
 */
export function marketStory({ hub, visit, demoPassword }: StoryOptions): void {
  const folder = mkdtempSync(join(tmpdir(), "market-story-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("a developer signs up, asks, is granted, uses, and is revoked; the log proves it", async () => {
    const { places, day } = await released(hub);
    const [place, elsewhere] = places.map(({ slug }) => slug) as [string, string];
    const within = periodOf(day);
    const before = periodOf(dayOf(Date.parse(within.from), 1));
    const fine = { place, period: within, step: "PT15M" };

    // Nobody is let at the values of a dataset that is not open; the page says what is needed.
    expect((await askSeries(hub, null, { ...fine, step: "PT1H" })).code).toMatch(/^LICENCE_REQUIRED|UNAUTHENTICATED$/);

    // Sign up, make an organisation, try a sandbox key: it works at once, as fine as without a licence.
    const { page: developer, complaints } = await visit("/keys", DESK);
    await signUpHere(developer, newPerson());
    expect(new URL(developer.url()).pathname).toBe("/keys");
    await developer.getByRole("link", { name: "Make an organisation" }).click();
    await makeOrganization(developer);
    await developer.getByRole("navigation", { name: "My pages" }).getByRole("link", { name: "Keys" }).click();
    const sandbox = await makeKey(developer, "sandbox", "mdg_test_");
    const coarse = await askSeries(hub, sandbox, { ...fine, step: "PT1H" });
    expect(coarse).toMatchObject({ code: null, step: 60 });
    expect(coarse.values).toBeGreaterThan(0);
    expect((await askSeries(hub, sandbox, fine)).code).toMatch(/^LICENCE_/);

    // Ask for a licence of the finer view.
    await developer.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Market" }).click();
    await developer.getByRole("radio", { name: "With a licence" }).click();
    await developer.getByRole("link", { name: OFFER }).first().click();
    await developer.getByRole("link", { name: "Ask for access" }).click();
    await askForAccess(developer, day);
    const address = await developer.getByRole("link", { name: "Look at the request" }).getAttribute("href");
    const licence = `${hub}${address}`;
    const number = /Request (\d+)/.exec(await developer.getByRole("heading", { level: 1 }).innerText())?.[1] ?? "";

    // A steward asks; the developer answers; the steward grants less than was asked.
    const { page: steward } = await visit("/steward", DESK);
    await signInHere(steward, STEWARD, demoPassword(STEWARD));
    await steward.getByRole("link", { name: `No. ${number}` }).click();
    await steward.getByRole("radio", { name: "Ask the applicant" }).click();
    await steward.getByLabel("Your question to the applicant").fill("Who will see the results?");
    await steward.getByRole("button", { name: "Ask the applicant", exact: true }).click();
    await steward.getByText("Waiting for the applicant").waitFor();

    await developer.goto(licence);
    await developer.getByRole("heading", { name: "The steward asks" }).waitFor();
    await developer.getByText("Who will see the results?").first().waitFor();
    await developer.getByLabel("Your answer").fill("<b>Drivers</b> of our own lorries, nobody else.");
    await developer.getByRole("button", { name: "Send the answer" }).click();
    await developer.getByText("Waiting for a decision").waitFor();

    await steward.reload();
    await steward.getByText("<b>Drivers</b> of our own lorries, nobody else.").waitFor();
    await steward.getByText("Chosen zones only").click();
    await steward
      .getByRole("group", { name: "The zones as a list" })
      .getByText(places[0].name.en, { exact: true })
      .click();
    await steward.getByLabel("Conditions").fill("Results are shown to drivers only.");
    await steward.getByRole("button", { name: "Approve", exact: true }).click();
    await steward.getByText("Approved, not yet accepted").waitFor();

    // Accepted, the licence has a key; it reads the fine view, within its area and period and nowhere else.
    await developer.goto(licence);
    await developer.getByText("Other than you asked for: area.").waitFor();
    await developer.getByText("I accept the granted terms and conditions").click();
    await developer.getByRole("button", { name: "Accept the terms" }).click();
    await developer.getByRole("heading", { name: "Keys of this licence" }).waitFor();
    const key = await makeKey(developer, "route planner", "mdg_live_");
    const granted = await until("the key is let in", async () => {
      const answer = await askSeries(hub, key, fine);
      return answer.code === null ? answer : false;
    });
    expect(granted).toMatchObject({ step: 15 });
    expect(granted.values).toBeGreaterThan(0);
    expect((await askSeries(hub, key, { ...fine, place: elsewhere })).code).toBe("LICENCE_SCOPE");
    expect((await askSeries(hub, key, { ...fine, period: before })).code).toBe("LICENCE_SCOPE");

    // Usage shows it.
    await developer.reload();
    const used = developer.getByText(/^[\d\u00a0]+ of [\d\u00a0]+ units/);
    await used.waitFor();
    expect(Number((await used.innerText()).split(" of ")[0]?.replaceAll("\u00a0", ""))).toBeGreaterThanOrEqual(
      granted.values,
    );

    // Revoked with a look at the effect; the next question is refused within a second.
    await steward.reload();
    await steward.getByRole("radio", { name: "Revoke" }).click();
    await steward.getByText("Data are refused within a second").waitFor();
    await steward.getByLabel("Reason").fill("The results were shown to others.");
    const [, refused] = await Promise.all([
      steward.getByRole("button", { name: "Revoke", exact: true }).click(),
      steward
        .waitForResponse((response) => response.request().postData()?.includes("mutation ActOnLicence") === true)
        .then(() => untilRefused(() => askSeries(hub, key, fine))),
    ]);
    expect(refused.code).toMatch(/^LICENCE_ENDED|UNAUTHENTICATED$/);
    expect(refused.afterMs).toBeLessThan(1_000);

    // The log proves grant and revocation to whoever has its key, and nothing else for them.
    await developer.goto(licence);
    await developer.getByText("The results were shown to others.").waitFor();
    const proofs = [await keepProof(developer, "Approved", folder), await keepProof(developer, "Revoked", folder)];
    await expect(verify(hub, folder, ...proofs)).resolves.toBe(0);
    for (const proof of proofs) await expect(verify(hub, folder, await forged(proof))).resolves.toBe(1);
    expect(complaints.filter((text) => !/status of 40[13]/.test(text))).toEqual([]);
  }, 360_000);
}

async function makeOrganization(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Make an organisation" }).click();
  await page.getByRole("button", { name: "Make the organisation" }).click();
  // Nothing is filled in yet: the errors are told, and the focus stands in the first field.
  await page.getByRole("alert").waitFor();
  await expect(page.locator(":focus").getAttribute("name")).resolves.toBe("nameKo");
  await page.getByLabel("Name in Korean").fill("느린배달");
  await page.getByLabel("Name in English").fill("Slow Delivery");
  await page.getByLabel("Stage").selectOption("STARTUP");
  await page.getByRole("button", { name: "Make the organisation" }).click();
  await page.getByRole("heading", { name: "Slow Delivery", level: 1 }).waitFor();
}

/** Makes a key on the page that stands open, and takes it from the one time that it is shown. */
async function makeKey(page: Page, name: string, start: string): Promise<string> {
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Make the key" }).click();
  const secret = await page.getByTestId("secret").innerText();
  expect(secret).toMatch(new RegExp(`^${start}[0-9A-Za-z]{38}$`));
  await page.getByRole("button", { name: "I have stored it" }).click();
  await page.getByRole("row").filter({ hasText: name }).waitFor();
  await expect(page.locator("body").innerText()).resolves.not.toContain(secret);
  return secret;
}

/** The wizard, with a reload in the middle: what was written is still there. */
async function askForAccess(page: Page, from: string): Promise<void> {
  await page.getByText("A commercial service", { exact: true }).click();
  const purpose = "Plan the rounds of our lorries so that they avoid the busiest quarter hours.";
  await page.getByLabel("What will you do with the data?").fill(purpose);
  await page.reload();
  await expect(page.getByLabel("What will you do with the data?").inputValue()).resolves.toBe(purpose);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("First day").fill(from);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("Decided by").waitFor();
  await page.getByText("I have read these terms").click();
  await page.getByRole("button", { name: "Send the request" }).click();
  await page.getByRole("heading", { name: /^Request \d+ is sent$/ }).waitFor();
}

async function untilRefused(ask: () => Promise<{ code: string | null }>): Promise<{ code: string; afterMs: number }> {
  const start = Date.now();
  for (;;) {
    const asked = Date.now();
    const { code } = await ask();
    if (code !== null) return { code, afterMs: asked - start };
    if (Date.now() - start > 10_000) throw new Error("the key still reads ten seconds after it was revoked");
  }
}
