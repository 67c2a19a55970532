import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open, seal } from "../../../core/privacy/seal.ts";
import { kill, type Mutant } from "../../../core/testing/mutant.ts";
import type * as file from "../../../workers/keyring/file.ts";
import type { MutantOutcome } from "../support/figure.ts";
import { copyFolder, openWith, withoutRoots } from "./attack.ts";

const FILE = new URL("../../../workers/keyring/file.ts", import.meta.url);
const AT = "2026-11-27T07:00:00.000Z";
const OF = { population: 1, day: "2026-11-26" };

const FAULTS: readonly Mutant[] = [
  { name: "a destruction keeps the old root", from: "      wipe(one);\n", to: "" },
  {
    name: "a destruction forgets to seal under a new root",
    from: "const rotate = ended.length > 0 ||",
    to: "const rotate =",
  },
  {
    name: "a destroyed key stays in the sealed file",
    from: "const keys = [...state.keys.filter((one) => !gone.has(nameOf(one))), ...made];",
    to: "const keys = [...state.keys, ...made];",
  },
];

/** A key that is made, used and destroyed in a folder of its own; throws when what it sealed opens afterwards. */
async function shreds({ openKeyFile }: Pick<typeof file, "openKeyFile">): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "madang-shredding-"));
  try {
    const store = openKeyFile(folder);
    await store.commit({ create: [OF], destroy: [], events: [{ at: AT, kind: "KEY_CREATED", ...OF }] });
    const publicKey = store.publicKey(OF) ?? Buffer.alloc(0);
    const sealed = seal(publicKey, Buffer.from("info"), Buffer.from("aad"), Buffer.from("reading"));
    const payload = {
      enc: sealed.enc,
      open: (secret: Buffer) => open(secret, Buffer.from("info"), Buffer.from("aad"), sealed.ciphertext),
    };
    const before = copyFolder(folder);
    if (openWith([before], publicKey, [payload]).opened !== 1) throw new Error("the attack is blind");
    await store.commit({ create: [], destroy: [OF], events: [{ at: AT, kind: "KEY_DESTROYED", ...OF }] });
    if (openWith([withoutRoots(before), copyFolder(folder)], publicKey, [payload]).opened > 0)
      throw new Error("opened");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const killAll = (): Promise<MutantOutcome[]> =>
  Promise.all(
    FAULTS.map(async (mutant) => ({
      name: mutant.name,
      killed: await kill<typeof file>(FILE, mutant, shreds).then(
        () => true,
        () => false,
      ),
    })),
  );
