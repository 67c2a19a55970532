import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { fillSignIn } from "../sign-in-story.ts";

export type NewPerson = { email: string; name: string; password: string };

/** Somebody who has no account yet. */
export function newPerson(): NewPerson {
  const mark = randomBytes(5).toString("hex");
  return {
    email: `developer-${mark}@madang.example`,
    name: `Developer ${mark}`,
    password: `Quiet courtyard ${randomBytes(6).toString("hex")}`,
  };
}

/** Makes an account from a page that asks for one, and waits until its heading stands there again. */
export async function signUpHere(page: Page, { email, name, password }: NewPerson): Promise<void> {
  await page.locator("main").getByRole("button", { name: "Create an account" }).click();
  await page.waitForURL(/\/realms\/madang\//);
  await page.locator("#email").fill(email);
  await page.locator("#name, #firstName").fill(name);
  await page.locator("#password").fill(password);
  await page.locator("#password-confirm").fill(password);
  await page.locator("#password-confirm").press("Enter");
  await signedIn(page);
}

/** Signs in from a page that asks for it. */
export async function signInHere(page: Page, email: string, password: string): Promise<void> {
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/realms\/madang\//);
  await fillSignIn(page, email, password);
  await signedIn(page);
}

async function signedIn(page: Page): Promise<void> {
  await page.locator("header details > summary").waitFor({ timeout: 30_000 });
  await page.getByRole("navigation", { name: "My pages" }).waitFor();
}
