import * as pseudonym from "../../../core/privacy/pseudonym.ts";
import { kill, type Mutant } from "../../../core/testing/mutant.ts";
import type { Figure, Finding, MutantOutcome, Size } from "../support/figure.ts";
import { ATTACKS, type Attack, type Hashing, steal } from "./attack.ts";

const FILE = new URL("../../../core/privacy/pseudonym.ts", import.meta.url);
const IDS: Record<Size, number> = { full: 4_000_000, fast: 50_000 };
/** What an attack on a fault does to all ids it does to these. */
const MUTANT_IDS = 2_000;

const FAULTS: readonly (Mutant & { readonly opens: Attack })[] = [
  {
    name: "plain SHA-256 of the id",
    from: 'createHmac("sha256", key).update(prefix).update(canonical, "utf8").digest()',
    to: 'process.getBuiltinModule("node:crypto").createHash("sha256").update(canonical, "utf8").digest()',
    opens: "unkeyed",
  },
  {
    name: "one key for all days",
    from: "return randomBytes(32);",
    to: "return Buffer.alloc(32, 7);",
    opens: "wrong day",
  },
  {
    name: "no domain separation",
    from: "[LABEL, population, controller, day, kind]",
    to: "[LABEL, kind]",
    opens: "another controller's table",
  },
];

/** Throws when an attack that must find nothing finds something. */
function resists(hashing: Hashing, attack: Attack): void {
  if (ATTACKS[attack](steal(hashing, MUTANT_IDS)) > 0) throw new Error(`found by: ${attack}`);
}

async function outcome({ opens, ...mutant }: (typeof FAULTS)[number]): Promise<MutantOutcome> {
  try {
    await kill<Hashing>(FILE, mutant, (hashing) => resists(hashing, opens));
    return { name: mutant.name, killed: true };
  } catch {
    return { name: mutant.name, killed: false };
  }
}

async function run(size: Size, progress: (text: string) => void): Promise<Finding> {
  const ids = IDS[size];
  const stolen = steal(pseudonym, ids);
  const measure = (attack: Attack): number => {
    progress(`${attack}, ${ids} ids`);
    return ATTACKS[attack](stolen);
  };
  const blind = (["no key", "wrong day", "unkeyed"] as const).map(measure);
  const other = ATTACKS["another controller's table"](steal(pseudonym, IDS.fast));
  const right = measure("right key");
  const found = [...blind, right].map((count) => (count === ids ? "all" : count)).join(" / ");
  return {
    value: `${found} of ${ids} ids (no key / wrong day / unkeyed / right key); ${other} in a table of another controller under the same key`,
    pass: [...blind, other].every((count) => count === 0) && right === ids,
    controls: [{ name: "with the right key every id is found again", held: right === ids }],
    mutants: await Promise.all(FAULTS.map(outcome)),
  };
}

export const figures: readonly Figure[] = [
  {
    name: "dictionary",
    title: "dictionary attack on 4e6 vehicle ids: no key / wrong day / unkeyed / right key",
    target: "0 / 0 / 0 / all",
    rules: ["P9", "P17"],
    needs: "nothing",
    fast: true,
    run: ({ size, progress }) => run(size, progress),
  },
];
