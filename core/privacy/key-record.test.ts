import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { kill } from "../testing/mutant.ts";
import type { Head, KeyEvent, KeyRecord } from "./key-record.ts";
import * as records from "./key-record.ts";

const FILE = new URL("./key-record.ts", import.meta.url);
type Module = typeof records;
const AT = "2026-11-27T07:00:00.000Z";
const OTHER = generateKeyPairSync("ed25519").privateKey;
const newKey = () => generateKeyPairSync("ed25519").privateKey;

/** A keyring's life: three days made and destroyed, and a new signing key in between. */
function life(signingKey = newKey(), confirmed = 2): KeyRecord[] {
  const told: KeyRecord[] = [];
  let key = signingKey;
  const publicKey = (of = key): string => records.publicBytes(of).toString("base64");
  let head: Head = { keyring: records.keyringOf(records.publicBytes(key)), number: 0, sha256: records.GENESIS };
  const note = (event: KeyEvent): void => {
    const record = records.chain(event, head, key);
    head = records.headOf(record);
    told.push(record);
  };
  note({ at: AT, kind: "SIGNING_KEY", publicKey: publicKey() });
  for (const day of ["2026-11-25", "2026-11-26", "2026-11-27"]) {
    note({ at: AT, kind: "KEY_CREATED", population: 1, day });
    note({ at: AT, kind: "KEY_DESTROYED", population: 1, day });
    note({ at: AT, kind: "KEY_ERASED", population: 1, day, confirmed, expired: 0 });
    if (day !== "2026-11-26") continue;
    const next = newKey();
    note({ at: AT, kind: "SIGNING_KEY", publicKey: publicKey(next) });
    key = next;
  }
  return told;
}

const one = (told: readonly KeyRecord[], index: number): KeyRecord => {
  const record = told[index];
  if (record === undefined) throw new Error(`no record ${index}`);
  return record;
};
const changed = (told: readonly KeyRecord[], index: number, to: object): KeyRecord[] =>
  told.map((record, at) => (at === index ? ({ ...record, ...to } as KeyRecord) : record));

/** Every way to lie about a chain is refused; the true one is believed. */
function noticesLies({ verifyChain, headOf, chain }: Module): void {
  const told = life();
  const head = headOf(one(told, told.length - 1));
  expect(verifyChain(told, { heads: [head] })).toMatchObject(head);
  expect(verifyChain([...told].reverse())).toMatchObject(head);
  const refused = (lie: readonly KeyRecord[], trust: records.Trust = {}) =>
    expect(() => verifyChain(lie, trust)).toThrow(records.ChainFault.name);
  // altered
  refused(changed(told, 5, { day: "2026-11-28" }));
  refused(changed(told, 3, { confirmed: 3 }));
  // dropped: in the middle, at the beginning, at the end
  refused(told.filter((_, index) => index !== 4));
  refused(told.slice(1));
  refused(told.slice(0, -1), { heads: [head] });
  // put elsewhere, with the numbers made to fit
  const [a, b] = [one(told, 4), one(told, 5)];
  refused(changed(changed(told, 4, { ...b, number: a.number }), 5, { ...a, number: b.number }));
  // two tales of one keyring, of which a copy was restored and went on
  const key = newKey();
  refused([...life(key, 2).slice(0, 5), ...life(key, 9).slice(5, 7)]);
  // a number left out by the keyring itself
  const begun = life(key).slice(0, 7);
  const gap = { ...headOf(one(begun, 6)), number: 8 };
  refused([...begun, chain({ at: AT, kind: "KEY_CREATED", population: 2, day: "2026-11-27" }, gap, key)]);
  // forged: by another's key, continuing the true chain or under another keyring's name
  refused([...told, chain({ at: AT, kind: "KEY_CREATED", population: 2, day: "2026-11-27" }, head, OTHER)]);
  refused(life(OTHER), { firstPublicKey: Buffer.from("another".padEnd(32)) });
  // by the signing key that was replaced
  const first = newKey();
  const ofFirst = life(first);
  const end = headOf(one(ofFirst, ofFirst.length - 1));
  refused([...ofFirst, chain({ at: AT, kind: "KEY_CREATED", population: 2, day: "2026-11-27" }, end, first)]);
}

class Refused extends Error {}
/** The same with the module's own class of error, whichever copy of the module it is. */
const property = (module: Module): void => {
  const verifyChain: Module["verifyChain"] = (...given) => {
    try {
      return module.verifyChain(...given);
    } catch (error) {
      throw new Refused(records.ChainFault.name, { cause: error });
    }
  };
  noticesLies({ ...module, verifyChain });
};

describe("a chain of the keyring's records", () => {
  it("is believed as it was told, and refused altered, cut, reordered or forged", () => property(records));

  it("is refused whichever field of whichever record is changed", () => {
    const told = life();
    const head = records.headOf(one(told, told.length - 1));
    fc.assert(
      fc.property(fc.nat(told.length - 1), fc.nat(20), fc.string({ minLength: 1 }), (index, field, text) => {
        const record = one(told, index);
        const names = Object.keys(record) as (keyof KeyRecord)[];
        const name = names[field % names.length] ?? "at";
        const value =
          typeof record[name] === "number" ? Number(record[name]) + 1 + (text.length % 5) : `${record[name]}${text}`;
        // Letters after the end of base64 are no change: they are ignored.
        fc.pre(!["signature", "publicKey"].includes(name));
        expect(() => records.verifyChain(changed(told, index, { [name]: value }), { heads: [head] })).toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it("cannot tell what cannot be: a key made after its end, or twice, or destroyed twice", () => {
    const key = newKey();
    const publicKey = records.publicBytes(key);
    const tell = (...kinds: ("KEY_CREATED" | "KEY_DESTROYED")[]): KeyRecord[] => {
      let head: Head = { keyring: records.keyringOf(publicKey), number: 0, sha256: records.GENESIS };
      const events: KeyEvent[] = [
        { at: AT, kind: "SIGNING_KEY", publicKey: publicKey.toString("base64") },
        ...kinds.map((kind): KeyEvent => ({ at: AT, kind, population: 1, day: "2026-11-27" })),
      ];
      return events.map((event) => {
        const record = records.chain(event, head, key);
        head = records.headOf(record);
        return record;
      });
    };
    expect(records.verifyChain(tell("KEY_CREATED", "KEY_DESTROYED")).number).toBe(3);
    expect(records.verifyChain(tell("KEY_DESTROYED")).number).toBe(2);
    for (const kinds of [
      ["KEY_DESTROYED", "KEY_CREATED"],
      ["KEY_CREATED", "KEY_CREATED"],
      ["KEY_DESTROYED", "KEY_DESTROYED"],
    ] as const)
      expect(() => records.verifyChain(tell(...kinds))).toThrow("cannot be");
  });

  it("is still checked when its old records were removed: of them the signing keys are left", () => {
    const told = life();
    const kept = told.filter(({ kind, number }) => kind === "SIGNING_KEY" || number >= 9);
    expect(records.verifyChain(kept, { begins: 9 }).number).toBe(told.length);
    expect(() => records.verifyChain(kept)).toThrow("does not follow");
    expect(() =>
      records.verifyChain(
        told.filter(({ number }) => number >= 9 || number === 1),
        { begins: 9 },
      ),
    ).toThrow();
    expect(() =>
      records.verifyChain(
        kept.filter(({ number }) => number !== 10),
        { begins: 9 },
      ),
    ).toThrow();
  });

  it.each([
    {
      name: "order not checked",
      from: "if (isNext && before !== null && record.previous !== before.sha256)",
      to: "if (false)",
    },
    { name: "signature not checked", from: "if (!isSigned(record, publicKey))", to: "if (false)" },
    {
      name: "gaps allowed",
      from: "const isNext = before === null || number === before.number + 1;",
      to: "const isNext = true;",
    },
    {
      name: "the cut-off end not seen",
      from: "for (const [number] of heads) throw",
      to: "for (const [number] of []) throw",
    },
    { name: "any keyring believed", from: "!firstKey.equals(trust.firstPublicKey)", to: "false" },
    {
      name: "the day left out of what is signed",
      from: '"population", "day", "confirmed"',
      to: '"population", "confirmed"',
    },
    {
      name: "the old signing key still believed",
      from: 'if (record.kind === "SIGNING_KEY") publicKey = record.publicKey;',
      to: "",
    },
  ])("notices: $name", (mutant) => kill<Module>(FILE, mutant, property));
});
