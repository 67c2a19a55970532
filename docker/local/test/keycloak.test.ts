import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "../progress.ts";
import { readSettings } from "../settings.ts";
import { needsKeycloak, startKeycloakFront } from "./keycloak.ts";

test("Keycloak is started for the files that have its name in theirs alone", () => {
  expect(needsKeycloak(["tests/e2e/way/way.test.ts"])).toBe(false);
  expect(needsKeycloak(["tests/e2e/way/way.test.ts", "tests/browser/sign-in-keycloak.test.ts"])).toBe(true);
});

test("where it cannot be had, what needs it is told why, and nothing is started", async () => {
  const folder = mkdtempSync(join(tmpdir(), "keycloak-front-"));
  const path = process.env.PATH ?? "";
  const progress = { step: (_title: string, work: (detail: () => void) => unknown) => work(() => {}) };
  process.env.PATH = folder;
  try {
    const settings = readSettings({ MADANG_HOME: join(folder, "home"), XDG_CACHE_HOME: join(folder, "cache") }, folder);
    const signal = new AbortController().signal;
    const { environment } = await startKeycloakFront(settings, progress as unknown as Progress, signal);
    expect(Object.keys(environment)).toEqual(["KEYCLOAK_MISSING"]);
    expect(environment["KEYCLOAK_MISSING"]).toMatch(/needs default-jre-headless/);
  } finally {
    process.env.PATH = path;
    rmSync(folder, { recursive: true, force: true });
  }
});
