import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const HUB = process.env.MADANG_URL?.replace(/\/$/, "");
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type Look = { width: 390 | 1440; theme: "light" | "dark"; language: "ko" | "en" };

export const PHONE: Look = { width: 390, theme: "light", language: "ko" };
export const DESK: Look = { width: 1440, theme: "light", language: "en" };

/** An opened page, and everything it complained about: console errors, refused resources, uncaught errors. */
export type Visit = { page: Page; context: BrowserContext; complaints: string[] };

export type Visitor = { hub: string; visit: (path: string, look: Look) => Promise<Visit> };

/**
 * Tests with a real browser against the running hub; skipped, saying why, without one of the two.
 * @param body registers the tests, given how to open a page; every page is closed after its test
 * @param address of another front door of that hub
 */
export function withBrowser(title: string, body: (visitor: Visitor) => void, address: string | undefined = HUB): void {
  const missing = [
    ...(address ? [] : ["a running hub: MADANG_URL not set"]),
    ...(existsSync(EXECUTABLE) ? [] : [`a browser: no ${EXECUTABLE} (set CHROMIUM_PATH)`]),
  ];
  if (!address || missing.length > 0) {
    describe.skip(title, () => {
      test.todo(`needs ${missing.join(" and ")}`);
    });
    return;
  }
  describe(title, () => {
    let browser: Browser;
    const open: BrowserContext[] = [];
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
    }, 60_000);
    afterEach(async () => {
      await Promise.all(open.splice(0).map((context) => context.close()));
    });
    afterAll(() => browser.close());
    body({
      hub: address,
      visit: async (path, { width, theme, language }) => {
        const context = await browser.newContext({
          viewport: { width, height: width < 500 ? 844 : 900 },
          colorScheme: theme,
          locale: language === "ko" ? "ko-KR" : "en-GB",
          reducedMotion: "reduce",
        });
        open.push(context);
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on("console", (message) => {
          if (message.type() === "error") complaints.push(message.text());
        });
        page.on("pageerror", (error) => complaints.push(String(error)));
        await page.goto(`${address}${path}`);
        await page.locator("main h1").first().waitFor();
        return { page, context, complaints };
      },
    });
  });
}

/** Sends a document to the hub and returns its data. */
export async function ask<Data>(hub: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${hub}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (!data || errors) throw new Error(errors?.map(({ message }) => message).join("; ") ?? "no data");
  return data;
}
