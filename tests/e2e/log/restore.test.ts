import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openCheckpoint } from "../../../core/log/checkpoint.ts";
import { parseVerifier, signerOf } from "../../../core/log/note.ts";
import { consistencyRanges } from "../../../core/log/tree.ts";
import { NOTHING_SEEN, witness } from "../../../core/log/witness.ts";
import { createLog } from "../../../runtime/log.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { hashesOf } from "../../../schema/trust/tree.ts";
import { keepLog } from "../../../workers/background/keep-log.ts";
import { LogHalted, type LogSigner } from "../../../workers/background/log-signer.ts";
import { sequence } from "../../../workers/background/sequence.ts";
import { openLogSigner } from "../../../workers/keyring/log-signer.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { until } from "../../support/wait.ts";
import { addLeaves, checkHistory, checkpoints, inProcess } from "./tree.ts";

const OPTIONS = { origin: "hub.example/log", batchSeconds: 1 };
const SILENT = createLog("test", "silent");

onStage("the log after a restore", (stage) => {
  let hub: Pool;
  let folder: string;
  let signer: LogSigner;
  beforeAll(() => {
    hub = createPool(stage().addresses("madang_background").hub, { name: "sequencer" });
    folder = mkdtempSync(join(tmpdir(), "log-"));
    signer = inProcess(openLogSigner(folder));
  });
  afterAll(async () => {
    await hub.end();
    rmSync(folder, { recursive: true, force: true });
  });

  async function grow(count: number, to: number, by = signer): Promise<void> {
    await addLeaves(stage().hub, count);
    const reached = async () => (await sequence(hub, by, OPTIONS)).size === to;
    await until(`a tree of ${to}`, reached, { everyMs: 200, limitMs: 10_000 });
  }
  const entries = async () => (await stage().hub.query("SELECT FROM open.log_entry")).rowCount;
  const proofTo = async (first: number, second: number) => hashesOf(hub, consistencyRanges(first, second), second);

  test("goes on from a backup that holds all that was signed", async () => {
    await grow(300, 300);
    const restore = await stage().backUpHub();
    await restore();
    await grow(5, 305);
    expect((await checkHistory(stage().hub)).at(-1)).toBe(305);
  });

  test("a lost answer of the key changes nothing: the same tree is signed again with the same bytes", async () => {
    await addLeaves(stage().hub, 4);
    let told = "";
    const lossy: LogSigner = {
      ...signer,
      async sign(head, proof) {
        const answer = await signer.sign(head, proof);
        if ("note" in answer && head.size === 309) {
          told = answer.note;
          throw new Error("the answer was lost");
        }
        return answer;
      },
    };
    const lost = () =>
      sequence(hub, lossy, OPTIONS).then(
        () => false,
        () => true,
      );
    await until("a lost answer", lost, { everyMs: 200 });
    expect((await checkpoints(hub)).at(-1)?.size).toBe(305);
    expect(await sequence(hub, signer, OPTIONS)).toEqual({ size: 309, signed: true });
    expect((await checkpoints(hub)).at(-1)?.note).toBe(told);
  });

  test("two witnesses find a second history, which each alone would believe", async () => {
    // The hub cheats: it keeps an old state of database and key, and gives each witness another future.
    const past = join(folder, "..", `${folder.split("/").at(-1)}-past`);
    cpSync(folder, past, { recursive: true });
    const restore = await stage().backUpHub();
    try {
      const log = parseVerifier((await signer.read())?.verifierKey ?? "");
      const [one, two] = [1, 2].map((n) => signerOf(`witness-${n}.example`, Buffer.alloc(32, n)));
      if (one === undefined || two === undefined) throw new Error("no witness");
      const common = (await checkpoints(hub)).at(-1)?.note ?? "";
      const before = openCheckpoint(common, log);
      expect(witness(common, [], NOTHING_SEEN, log, one, 1).head).toEqual(
        witness(common, [], NOTHING_SEEN, log, two, 1).head,
      );

      await grow(6, 315);
      const first = (await checkpoints(hub)).at(-1)?.note ?? "";
      const seenByOne = witness(first, await proofTo(before.size, 315), before, log, one, 2).head;

      await restore();
      const cheat = inProcess(openLogSigner(past));
      await grow(6, 315, cheat);
      const second = (await checkpoints(hub)).at(-1)?.note ?? "";
      const seenByTwo = witness(second, await proofTo(before.size, 315), before, log, two, 2).head;
      expect([seenByOne.size, seenByTwo.size]).toEqual([315, 315]);
      // They compare: two checkpoints of one size, both signed by the log's key, are the proof of the fork.
      expect(seenByOne.root.equals(seenByTwo.root)).toBe(false);
      expect(() => witness(second, [], seenByOne, log, one, 3)).toThrow("forked");
      // A longer second history does not help: nothing leads from the first to it.
      await grow(20, 335, cheat);
      const longer = (await checkpoints(hub)).at(-1)?.note ?? "";
      const proof = await proofTo(315, 335);
      expect(() => witness(longer, proof, seenByOne, log, one, 4)).toThrow("forked");
      expect(witness(longer, proof, seenByTwo, log, two, 4).head.size).toBe(335);
    } finally {
      rmSync(past, { recursive: true, force: true });
    }
  });

  test("is not continued from a history that lacks what was signed, however much is added to it", async () => {
    // What stands now is the second history of the test before; the key signed 315 entries of the first.
    const held = await entries();
    const last = (await checkpoints(hub)).at(-1);
    await addLeaves(stage().hub, 10);
    for (const wait of [0, 1100]) {
      await sleep(wait);
      await expect(sequence(hub, signer, OPTIONS)).rejects.toThrow(LogHalted);
    }
    expect([await entries(), (await checkpoints(hub)).at(-1)]).toEqual([held, last]);
  });

  test("is not begun anew when its key is gone", async () => {
    const empty = mkdtempSync(join(tmpdir(), "log-"));
    try {
      await expect(sequence(hub, inProcess(openLogSigner(empty)), OPTIONS)).rejects.toThrow(
        "the key that signed the log is gone",
      );
    } finally {
      rmSync(empty, { recursive: true, force: true });
    }
  });

  test("raises an alarm that stays until it is cleared up", async () => {
    const told: (string | null)[] = [];
    const end = new AbortController();
    const keeping = keepLog(
      hub,
      signer,
      { ...OPTIONS, log: SILENT, onState: (fault) => void told.push(fault) },
      end.signal,
    );
    await until("two batches", async () => told.length >= 2);
    end.abort();
    await keeping;
    expect(new Set(told)).toEqual(
      new Set([
        "The transparency log is not signed: the database holds other entries than the 315 signed (docs/log.md).",
      ]),
    );
  });

  test("goes on as another log, with another key, when the operator says so", async () => {
    const key = openLogSigner(folder);
    const renewed = key.renew("hub.example/log/2");
    const size = await until("the other log", async () => {
      const now = await sequence(hub, inProcess(key), OPTIONS);
      return now.size === 345 && now.size;
    });
    const last = (await checkpoints(hub)).at(-1);
    expect(openCheckpoint(last?.note ?? "", parseVerifier(renewed.verifierKey))).toMatchObject({
      origin: "hub.example/log/2",
      size,
    });
    await checkHistory(stage().hub);
  });
});
