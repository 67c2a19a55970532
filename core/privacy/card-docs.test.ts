import { readFileSync } from "node:fs";
import { knownLimits } from "./card-texts.ts";

const PLAN = {
  statistic: "OCCUPANCY",
  unit: "TRACK_DAY",
  typicalUnits: 3,
  bound: 24,
  threshold: 12,
  latenessSeconds: 21_600,
  populationPlans: [{ microEpsilon: 1_600_000, picoDelta: 0 }],
};

test.each(["privacy.md", "privacy.ko.md"])("%s says every limit that a card may name", (name) => {
  const text = readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
  const limits = [...knownLimits("NOISED", PLAN), ...knownLimits("EVENTS", null)];
  expect(limits.length).toBeGreaterThan(8);
  for (const { id } of limits) expect(text).toContain(`\`${id}\``);
});

test("both documents have the same limits in the same order", () => {
  const ids = (name: string): string[] =>
    [
      ...readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8").matchAll(
        /^\d+\. .*?(?:\(`([A-Z_]+)`\)|$)/gm,
      ),
    ].map(([, id]) => id ?? "-");
  expect(ids("privacy.ko.md")).toEqual(ids("privacy.md"));
  expect(ids("privacy.md")).toHaveLength(13);
});
