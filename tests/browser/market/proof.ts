import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { until } from "../../support/wait.ts";

const VERIFIER = join(import.meta.dirname, "../../../examples/verify-log.py");

/**
 * Checks a step's proof on the page until the log has it, then saves it as the reader would.
 * @returns the proof as a file
 */
export async function keepProof(page: Page, name: string, folder: string): Promise<string> {
  const step = page.getByRole("list", { name: "History" }).getByRole("listitem").filter({ hasText: name }).first();
  await until(
    `the log holds: ${name}`,
    async () => {
      await step.getByRole("button", { name: /^Check the proof/ }).click();
      const verdict = step.getByText(/It holds\.|It does not hold\.|It waits for the next batch/);
      await verdict.waitFor();
      const text = await verdict.innerText();
      if (text.includes("does not hold")) throw new Error(await step.innerText());
      return text.includes("It holds.");
    },
    { limitMs: 150_000, everyMs: 1_000 },
  );
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    step.getByRole("button", { name: "Keep the proof as a file" }).click(),
  ]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

/** Runs the stand-alone verifier, which needs Python and nothing of the hub's. @returns its exit code */
export async function verify(hub: string, folder: string, ...proofs: readonly string[]): Promise<number> {
  const key = join(folder, "log-key");
  await writeFile(key, await (await fetch(`${hub}/log/key`)).text());
  const child = spawn("python3", [VERIFIER, key, "--log", `${hub}/log`, ...proofs], { stdio: "ignore" });
  const [code] = (await once(child, "exit")) as [number];
  return code;
}

/** The same proof of another decision: its body says something else. */
export async function forged(proof: string): Promise<string> {
  const text = await readFile(proof, "utf8");
  const [, extra = ""] = /^extra (.+)$/m.exec(text) ?? [];
  const opened = JSON.parse(Buffer.from(extra, "base64").toString("utf8")) as { body: string };
  const changed = { ...opened, body: `${opened.body} ` };
  const path = `${proof}.forged`;
  await writeFile(path, text.replace(extra, Buffer.from(JSON.stringify(changed)).toString("base64")));
  return path;
}
