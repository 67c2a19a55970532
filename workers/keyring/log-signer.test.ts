import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpoint } from "../../core/log/checkpoint.ts";
import { parseVerifier } from "../../core/log/note.ts";
import { subtreesFrom } from "../../core/log/tile.ts";
import { consistencyRanges, EMPTY_ROOT, hashLeaf, hashRange, type Range, treeRange } from "../../core/log/tree.ts";
import { openLogSigner, type Signed } from "./log-signer.ts";

const ORIGIN = "log.example/log";
const entries = (word: string) =>
  Array.from({ length: 20 }, (_none, i) => hashLeaf(Buffer.from(`${i < 10 ? "" : word}${i}`)));

/** A tree of its own: what is the same up to entry 9 differs by the word after it. */
function tree(word = "") {
  const read = subtreesFrom([[{ level: 0, index: 0 }, Buffer.concat(entries(word))]]);
  const hash = (range: Range) => hashRange(range, read);
  return {
    head: (size: number) => ({ size, root: hash(treeRange(size)) }),
    proof: (first: number, second: number) => consistencyRanges(first, second).map(hash),
  };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-signer-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isSigned = (answer: Signed): boolean => "note" in answer;

test("a log is begun once, and signs under the key that it tells", () => {
  const signer = openLogSigner(folder);
  expect(signer.read()).toBeNull();
  const log = signer.open(ORIGIN);
  expect(log).toMatchObject({ origin: ORIGIN, size: 0, root: EMPTY_ROOT });
  expect(signer.open("another.example/log")).toEqual(log);
  const answer = signer.sign(tree().head(7), []);
  expect("note" in answer && openCheckpoint(answer.note, parseVerifier(log.verifierKey))).toEqual({
    origin: ORIGIN,
    ...tree().head(7),
  });
  expect(openLogSigner(folder).read()).toEqual({ ...log, ...tree().head(7) });
});

test("its files are for this user alone", () => {
  openLogSigner(folder).open(ORIGIN);
  expect(readdirSync(folder)).toEqual(["log"]);
  for (const name of ["key", "head.json"]) expect(statSync(join(folder, "log", name)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, "log", "key"))).toHaveLength(32);
});

test("it signs a larger tree that continues the last, and the same one again with the same bytes", () => {
  const { head, proof } = tree();
  const signer = openLogSigner(folder);
  signer.open(ORIGIN);
  expect(isSigned(signer.sign(head(6), []))).toBe(true);
  const first = signer.sign(head(15), proof(6, 15));
  expect(isSigned(first)).toBe(true);
  expect(openLogSigner(folder).sign(head(15), [])).toEqual(first);
});

test.each([
  ["a smaller tree", (one: ReturnType<typeof tree>) => [one.head(11), []] as const],
  ["another tree of the same size", () => [tree("fork").head(15), []] as const],
  ["a larger tree with another past", () => [tree("fork").head(18), tree("fork").proof(15, 18)] as const],
  ["a larger tree without a proof", (one: ReturnType<typeof tree>) => [one.head(18), []] as const],
])("it never signs %s, also after a restart", (_name, wish) => {
  // kills: a signer that looks at the size alone; one that forgets when it ends
  const one = tree();
  const signer = openLogSigner(folder);
  signer.open(ORIGIN);
  signer.sign(one.head(15), []);
  const [head, proof] = wish(one);
  for (const any of [signer, openLogSigner(folder)]) {
    expect(any.sign(head, proof)).toEqual({ refused: one.head(15) });
    expect(any.read()).toMatchObject(one.head(15));
  }
  expect(isSigned(signer.sign(one.head(18), one.proof(15, 18)))).toBe(true);
});

test("half a log is not begun anew", () => {
  openLogSigner(folder).open(ORIGIN);
  rmSync(join(folder, "log", "head.json"));
  expect(() => openLogSigner(folder).open(ORIGIN)).toThrow();
  expect(() => openLogSigner(folder).read()).toThrow();
  writeFileSync(join(folder, "log", "head.json"), '{"origin":"log.example/log"}');
  expect(() => openLogSigner(folder).open(ORIGIN)).toThrow();
  expect(openLogSigner(folder).renew(`${ORIGIN}/2`)).toMatchObject({ size: 0 });
});

test("another log has another origin and another key, and what was is kept", () => {
  const signer = openLogSigner(folder);
  const first = signer.open(ORIGIN);
  expect(() => signer.renew(ORIGIN)).toThrow(RangeError);
  const second = signer.renew(`${ORIGIN}/2`);
  expect(second.verifierKey).not.toBe(first.verifierKey);
  expect(second).toMatchObject({ origin: `${ORIGIN}/2`, size: 0 });
  const ended = readdirSync(folder).find((name) => name.startsWith("log-ended-")) ?? "";
  expect(existsSync(join(folder, ended, "key"))).toBe(true);
});
