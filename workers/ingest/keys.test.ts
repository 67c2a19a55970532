import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { localDay } from "../../core/time.ts";
import { createLog } from "../../runtime/log.ts";
import { serveLocal } from "../../runtime/unix-http.ts";
import { ingestDoor } from "../keyring/doors.ts";
import { openKeyFile } from "../keyring/file.ts";
import { createKeyring, type Keyring } from "../keyring/keyring.ts";
import { createKeys, type Keys } from "./keys.ts";

// Rule P9: a worker holds a day's hash key on lease, and wipes it when the keyring says so or says nothing.
describe("the keys of an ingest worker", () => {
  const OF = { population: 1, day: localDay(Date.now(), "UTC") };
  let folder: string;
  let server: Server;
  let keyring: Keyring;
  let keys: Keys;
  let now: number;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "ingest-keys-"));
    now = Date.now();
    keyring = createKeyring(openKeyFile(join(folder, "keyring")), 30_000, () => now);
    server = await serveLocal(join(folder, "ingest.sock"), ingestDoor(keyring));
    keys = createKeys(join(folder, "ingest.sock"), createLog("test", "silent"), () => now);
  });
  afterEach(() => {
    keys.close();
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  test("end within two seconds of a destruction, which the record confirms", async () => {
    // kills: a key that stays until its lease ends; a wipe that nobody confirms
    const hash = await keys.pseudonymise(OF, "controller", false);
    expect(hash("track", "a")).toHaveLength(16);
    await keyring.destroy(OF);
    const until = Date.now() + 5_000;
    let erased = false;
    while (!erased && Date.now() < until) {
      await sleep(100);
      await keyring.settle();
      erased = keyring.records(0).some(({ kind }) => kind === "KEY_ERASED");
    }
    expect(keyring.records(0).at(-1)).toMatchObject({ kind: "KEY_ERASED", confirmed: 1, expired: 0 });
    await expect(keys.pseudonymise(OF, "controller", false)).rejects.toMatchObject({ code: "KEY_DESTROYED" });
  });

  test("end with their lease when the keyring does not answer", async () => {
    // kills: a lease that is trusted for ever
    await keys.pseudonymise(OF, "controller", false);
    server.close();
    server.closeAllConnections();
    await keys.pseudonymise(OF, "controller", false);
    now += 30_001;
    await expect(keys.pseudonymise(OF, "controller", false)).rejects.toMatchObject({ code: "KEYRING_UNAVAILABLE" });
  });
});
