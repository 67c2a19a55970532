import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { signUp } from "../support/identity/sign-in.ts";
import { DESK, PHONE, type Visitor } from "./browser.ts";
import { requestForTests } from "./market/request.ts";

export type SignInOptions = Visitor & {
  demoPassword(email: string): string;
  /** Ends every session from outside. */
  endSessions(email: string): Promise<void>;
};

const DEVELOPER = "developer@madang.example";

/** Fills the provider's form; both providers name their fields alike. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.locator("#username").fill(email);
  await page.locator("#password").fill(password);
  await page.locator("#password").press("Enter");
}

const accountMenu = (page: Page) => page.locator("header details > summary");
const signInButton = (page: Page) => page.locator("header").getByRole("button", { name: /^(Sign in|로그인)$/ });

/** Everything that a page has put into the browser's storage. */
const stored = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

/** Waits until somebody is signed in. @throws with what the page shows instead */
async function arrived(page: Page): Promise<void> {
  try {
    await accountMenu(page).waitFor({ timeout: 30_000 });
  } catch (error) {
    const text = await page.locator("body").innerText();
    throw new Error(`nobody is signed in at ${page.url()}: ${text.slice(0, 600)}`, { cause: error });
  }
}

/** Signing in through keycloak-js in a real browser, from the portal and back. */
export function signInStory({ hub, visit, demoPassword, endSessions }: SignInOptions): void {
  const signIn = async (page: Page, email: string): Promise<void> => {
    await signInButton(page).click();
    await page.waitForURL(/\/realms\/madang\//);
    await fillSignIn(page, email, demoPassword(email));
    await arrived(page);
  };

  test("an anonymous page loads nothing of signing in", async () => {
    const { page } = await visit("/datasets", DESK);
    await page.waitForLoadState("networkidle");
    const names = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    expect(names.filter((name) => /keycloak|identity\.json|realms/.test(name))).toEqual([]);
    await expect(page.context().cookies()).resolves.toEqual([]);
  });

  test("leads to the provider and back to the page where one was, keeps no token, and outlives a reload", async () => {
    const { page, complaints } = await visit("/datasets?domain=CROWD", DESK);
    complaints.length = 0;
    await signIn(page, DEVELOPER);
    expect(page.url()).toBe(`${hub}/datasets?domain=CROWD`);
    await expect(accountMenu(page).innerText()).resolves.toContain("데모 개발자");
    await expect(stored(page)).resolves.not.toMatch(/eyJ|e30\.|refresh|access_token|code_verifier/i);
    await page.reload();
    await arrived(page);
    expect(page.url()).toBe(`${hub}/datasets?domain=CROWD`);
    await expect(stored(page)).resolves.not.toMatch(/eyJ|e30\.|refresh|access_token/i);
    await accountMenu(page).click();
    await page.getByRole("link", { name: "My requests" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "My requests" }).waitFor({ state: "hidden" });
    expect(complaints.filter((text) => !/status of 40\d/.test(text))).toEqual([]);
  }, 120_000);

  test("signs out here and at the provider, in every tab", async () => {
    const { page, context } = await visit("/about", DESK);
    await signIn(page, DEVELOPER);
    const second = await context.newPage();
    await second.goto(`${hub}/privacy`);
    await arrived(second);
    await accountMenu(page).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${hub}/`);
    await signInButton(page).waitFor();
    await signInButton(second).waitFor();
    await page.reload();
    await signInButton(page).waitFor();
    await signInButton(page).click();
    await page.locator("#username").waitFor();
  }, 120_000);

  test("makes an account, in Korean on a phone, and is signed in with it", async () => {
    const { page } = await visit("/about", PHONE);
    await signInButton(page).click();
    await page.waitForURL(/\/realms\/madang\//);
    await expect(page.locator("html").getAttribute("lang")).resolves.toBe("ko");
    await page.locator('a[href*="registration"]').click();
    const email = `reader-${randomBytes(6).toString("hex")}@madang.example`;
    const password = `조용한 마당에서 ${randomBytes(4).toString("hex")}`;
    await page.locator("#email").fill(email);
    await page.locator("#name, #firstName").fill("마당 독자");
    await page.locator("#password").fill(password);
    await page.locator("#password-confirm").fill(password);
    await page.locator("#password-confirm").press("Enter");
    await arrived(page);
    expect(new URL(page.url()).pathname).toBe("/about");
    await expect(accountMenu(page).getAttribute("aria-label")).resolves.toContain("마당 독자");
  }, 120_000);

  test("a code that this browser did not ask for signs nobody in", async () => {
    const { page } = await visit("/about", DESK);
    for (const address of ["/signed-in#state=made-up&code=stolen", "/signed-in#error=access_denied&state=made-up"]) {
      await page.goto(`${hub}/about`);
      await page.goto(`${hub}${address}`);
      await page.getByRole("heading", { name: "Signing in was not completed" }).waitFor();
      await expect(stored(page)).resolves.not.toContain("madang.session");
      expect(page.url()).not.toContain("stolen");
    }
    await page.goto(`${hub}/about`);
    await signInButton(page).waitFor();
  });

  test("a form that was begun is there again after the session has ended and one has signed in anew", async () => {
    const issuer = `${hub}/realms/madang`;
    const person = {
      email: `writer-${randomBytes(6).toString("hex")}@madang.example`,
      name: "Writer",
      password: `quiet courtyard ${randomBytes(6).toString("hex")}`,
    };
    const { offer } = await requestForTests(hub, (await signUp(issuer, person)).access_token);
    const text = "Routes for delivery bicycles that keep clear of lorries in the morning.";
    const { page } = await visit(`/market/offers/${offer}/ask`, DESK);
    const signInAsWriter = async (): Promise<void> => {
      await page.locator("main").getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(/\/realms\/madang\//);
      await fillSignIn(page, person.email, person.password);
      await arrived(page);
    };
    await signInAsWriter();
    const field = page.locator('textarea[name="purposeText"]');
    await field.fill(text);
    await endSessions(person.email);
    await page.reload();
    await page.locator("main").getByRole("button", { name: "Sign in" }).waitFor({ timeout: 30_000 });
    await expect(page.locator("main").innerText()).resolves.not.toContain(text);
    await signInAsWriter();
    expect(new URL(page.url()).pathname).toBe(`/market/offers/${offer}/ask`);
    await expect(field.inputValue()).resolves.toBe(text);
  }, 180_000);

  test("when the session has ended, a reload is anonymous and says nothing of an error", async () => {
    const { page } = await visit("/about", DESK);
    await signIn(page, DEVELOPER);
    await endSessions(DEVELOPER);
    await page.reload();
    await signInButton(page).waitFor({ timeout: 30_000 });
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expect(stored(page)).resolves.not.toContain("madang.session");
  }, 120_000);
}
