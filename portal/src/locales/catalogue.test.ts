import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PORTAL = join(import.meta.dirname, "../..");
const CLI = join(PORTAL, "../node_modules/@lingui/cli/dist/lingui.js");

/** The messages of a PO file: source text to translation. */
function readCatalogue(path: string): Map<string, string> {
  const entries = new Map<string, string>();
  const text = (lines: string | undefined): string =>
    [...(lines ?? "").matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => JSON.parse(`"${part}"`)).join("");
  for (const [, id, translation] of readFileSync(path, "utf8").matchAll(
    /^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|$))+)/gm,
  )) {
    const source = text(id);
    if (source) entries.set(source, text(translation));
  }
  return entries;
}

/** Names in braces and numbered tags: what a translation must carry over. */
const parts = (message: string): string[] =>
  [...new Set([...message.matchAll(/\{(\w+)[,}]|<(\d)>/g)].map(([, name, tag]) => name ?? `<${tag}>`))].sort();

describe("the catalogues", () => {
  const both = (language: string) =>
    ["", "market/"].map((folder) => readCatalogue(join(PORTAL, `src/locales/${folder}${language}.po`)));
  const [korean, english] = ["ko", "en"].map((language) => new Map(both(language).flatMap((one) => [...one]))) as [
    Map<string, string>,
    Map<string, string>,
  ];

  it("say the same where both say something", () => {
    const [home, market] = both("ko");
    const different = [...(home ?? [])].filter(([source, text]) => (market?.get(source) ?? text) !== text);
    expect(different).toEqual([]);
  });

  it("hold the same messages, and not a few", () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort());
    expect(korean.size).toBeGreaterThan(200);
  });

  it("are complete in both languages", () => {
    const missing = [...korean, ...english].filter(([, translation]) => translation === "").map(([source]) => source);
    expect(missing).toEqual([]);
  });

  it("carry every value and link over into Korean", () => {
    const changed = [...korean].filter(([source, translation]) => parts(source).join() !== parts(translation).join());
    expect(changed).toEqual([]);
  });

  it("say nothing loudly", () => {
    expect([...korean.values(), ...english.values()].filter((text) => /[!！]/.test(text))).toEqual([]);
  });

  it("hold exactly the messages of the source", () => {
    const folder = mkdtempSync(join(tmpdir(), "catalogue-"));
    try {
      const config = join(folder, "lingui.config.json");
      const catalogs = [{ path: join(folder, "{locale}"), include: [join(PORTAL, "src")], exclude: ["**/generated/**"] }];
      writeFileSync(config, JSON.stringify({ locales: ["en"], sourceLocale: "en", rootDir: PORTAL, catalogs }));
      execFileSync(process.execPath, [CLI, "extract", "--workers", "1", "--config", config], { cwd: PORTAL, stdio: "pipe" });
      expect([...readCatalogue(join(folder, "en.po")).keys()].sort()).toEqual([...english.keys()].sort());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
