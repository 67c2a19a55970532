import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { logSignerAt } from "../../../workers/background/log-signer.ts";
import { seeded } from "../../../workers/simulator/random.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { until } from "../../support/wait.ts";
import { addLeaves, checkHistory, checkpoints } from "./tree.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const ROUNDS = 12;
const LEAVES = 150;

onStage("the log's sequencer and its key, killed again and again", (stage) => {
  let home: string;
  const children = new Set<ChildProcess>();
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "log-crash-"));
  });
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(home, { recursive: true, force: true });
  });

  const socket = (name: string) => join(home, `${name}.sock`);
  function start(main: string, variables: Record<string, string>): ChildProcess {
    const env = { PATH: process.env["PATH"], MADANG_HOME: home, MADANG_LOG: "error", ...variables };
    const child = spawn(process.execPath, [join(root, main)], { env, stdio: ["ignore", "pipe", "inherit"] });
    children.add(child);
    return child;
  }
  const startKeyring = () =>
    start("workers/keyring/main.ts", {
      KEYRING_DIR: join(home, "keyring"),
      KEYRING_PUBLIC_SOCKET: socket("public"),
      KEYRING_INGEST_SOCKET: socket("ingest"),
      KEYRING_CONTROL_SOCKET: socket("control"),
    });
  async function kill(child: ChildProcess): Promise<void> {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    children.delete(child);
  }

  test("keep one history, with every leaf in it once", async () => {
    const random = seeded("log-crash");
    const words = new Map<string, number>();
    let keyring = startKeyring();
    for (let round = 0; round < ROUNDS; round++) {
      const sequencer = start("tests/e2e/log/sequencer.ts", {
        HUB_DATABASE_URL: stage().addresses("madang_background").hub,
        KEYRING_CONTROL_SOCKET: socket("control"),
      });
      sequencer.stdout?.setEncoding("utf8").on("data", (text: string) => {
        for (const word of text.trim().split("\n")) words.set(word, (words.get(word) ?? 0) + 1);
      });
      await once(sequencer.stdout ?? sequencer, "data");
      const adding = addLeaves(stage().hub, LEAVES);
      await sleep(1000 - (Date.now() % 1000) + random() * 120);
      if (round % 3 === 2) {
        await kill(keyring);
        await sleep(random() * 100);
        keyring = startKeyring();
      }
      await kill(sequencer);
      await adding;
    }
    // Killed while it worked, and never stopped for a fork.
    expect(words.get("signed") ?? 0).toBeGreaterThan(ROUNDS / 2);
    expect(words.has("LogHalted")).toBe(false);

    const last = start("tests/e2e/log/sequencer.ts", {
      HUB_DATABASE_URL: stage().addresses("madang_background").hub,
      KEYRING_CONTROL_SOCKET: socket("control"),
    });
    last.stdout?.resume();
    const total = ROUNDS * LEAVES;
    await until("all leaves are signed", async () => (await checkpoints(stage().hub)).at(-1)?.size === total);
    const sizes = await checkHistory(stage().hub);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    const { rows } = await stage().hub.query<{ leaves: number; waiting: number }>(
      "SELECT (SELECT count(DISTINCT leaf_index) FROM open.log_entry) AS leaves, (SELECT count(*) FROM open.log_waiting) AS waiting",
    );
    expect(rows).toEqual([{ leaves: total, waiting: 0 }]);
    const head = await until("the keyring answers", () => logSignerAt(socket("control")).read());
    expect(head).toMatchObject({ size: total });
    expect(JSON.parse(readFileSync(join(home, "keyring", "log", "head.json"), "utf8"))).toMatchObject({ size: total });
  }, 120_000);
});
