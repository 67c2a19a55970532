import { readFileSync } from "node:fs";
import { kill } from "../../../core/testing/mutant.ts";
import { openStage, type Stage } from "../../support/stage/stage.ts";
import type { ControlOutcome, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { ATTACKS, CONTROLS, K, L, ONE_KIND, type Sent, type Sizes, TOO_SOON } from "./attackers.ts";
import { infected, MUTANTS } from "./mutants.ts";
import { type Ground, type Outcome, openGround } from "./round.ts";

const NO_VICTIM = [...ATTACKS, ONE_KIND];
/** Trials of each attack: together at least a thousand in `full`. */
const TRIALS = { full: Math.ceil(1000 / NO_VICTIM.length), fast: 1 };
const RANDOM_CELLS = { full: 2000, fast: 120 };
const SIZES: Sizes = { repeats: 1000 };
/** For a mutant a few repetitions tell as much. */
const SMALL: Sizes = { repeats: 10 };

const sum = (outcomes: Iterable<Outcome>, of: (outcome: Outcome) => number): number =>
  [...outcomes].reduce((total, outcome) => total + of(outcome), 0);
const shown = ({ unlocked, published }: Outcome): number => Math.max(unlocked, published);

/** Random reports of random sources in many cells, against the law written a second time. */
async function randomCells(ground: Ground, count: number) {
  const { scene, judge } = ground;
  const kinds = ["NOISE", "DUMPING", "TRAFFIC_ACCIDENT"] as const;
  const names = ["fake-a", "fake-b", "fake-c", "fake-d", "fake-e", "fake-f", "gone-a"] as const;
  let state = 20261127;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
  const expected = new Map<string, string[]>();
  const sent: Sent[] = [];
  const days = new Set<number>();
  for (let cell = 0; cell < count; cell++) {
    const at = { point: cell % 50, block: Math.floor(cell / 50) % 8, ago: 200 + Math.floor(cell / 400) };
    days.add(at.ago);
    const sources = new Set<string>();
    const told = new Set<string>();
    for (let left = below(13); left > 0; left--) {
      const account = below(3) === 0 ? `account-${below(3)}` : undefined;
      const guest = below(4) === 0;
      const device = names[below(names.length)] ?? "fake-a";
      const category = kinds[below(3) * below(2)] ?? "NOISE";
      const feed = below(2) === 0 ? 0 : 1;
      sent.push(scene.report(at, account === undefined ? { device, feed } : { account, guest, feed }, { category }));
      if (account === undefined ? device === "gone-a" : guest) continue;
      sources.add(account ?? device);
      told.add(category);
    }
    if (sources.size >= K && told.size >= L) expected.set(`p-${at.point} ${scene.blockOf(at).from}`, [...told].sort());
  }
  const found = await judge(sent, [...days]);
  const own = [...found].filter(([cell]) => Number(cell.split(" ")[1]) < scene.blockOf({ point: 0, ago: 199 }).from);
  return {
    lawful: expected.size,
    violations: own.filter(([cell, shows]) => expected.get(cell)?.join() !== shows.join()).length,
    missing: [...expected].filter(([cell]) => !found.has(cell)).length,
  };
}

/** A device that speaks for another is refused where a report is taken: a mutant of that module. */
async function killsTheVoice(): Promise<boolean> {
  const file = new URL("../../../workers/ingest/reports.ts", import.meta.url);
  type Taker = typeof import("../../../workers/ingest/reports.ts");
  const point = { slug: "p", position: [126.5, 35.5] as const };
  const plan = { all: new Set([1]) };
  const clock = { latenessMs: 21_600_000, skewMs: 120_000 };
  const scene = {
    ...{ catalogue: { vouchers: new Set() }, device: "mine", receivedAt: 0, backfillDay: null },
    feed: {
      ...{ id: "feed", clock, timeZone: "Asia/Seoul", bounds: [126, 35, 127, 36], plans: plan },
      snapSets: [{ version: 1, reachM: 300, validFrom: "1970-01-01", points: [point] }],
    },
  } as unknown as Parameters<Taker["takeReport"]>[1];
  const report = {
    ...{ type: "report", subject: { kind: "device", id: "yours" }, source: "DEVICE", key: "k", revision: 1 },
    ...{ category: "NOISE", severity: "MINOR", urgency: "PAST", certainty: "LIKELY", at: 0 },
    ...{ longitude: 126.5, latitude: 35.5 },
  } as Parameters<Taker["takeReport"]>[0];
  const mutant = { name: "voice", from: "subject.id !== scene.device", to: "false" };
  const sink = { report: () => undefined } as unknown as Parameters<Taker["takeReport"]>[2];
  try {
    await kill<Taker>(file, mutant, ({ takeReport }) => {
      if (takeReport(report, scene, sink) === null) throw new Error("a device spoke for another");
    });
    return true;
  } catch {
    return false;
  }
}

/** The page says in both languages what k − 1 false reports and one true one reveal. */
function limitIsStated(): boolean {
  return ["privacy.md", "privacy.ko.md"].every((page) =>
    readFileSync(new URL(`../../../docs/${page}`, import.meta.url), "utf8").includes("FALSE_REPORTS"),
  );
}

async function attackAll(stage: Stage, size: "full" | "fast", progress: (text: string) => void): Promise<Finding> {
  const ground = await openGround(stage);
  try {
    const trials = TRIALS[size];
    const outcomes = await ground.play([...NO_VICTIM, TOO_SOON], trials, SIZES);
    progress(`${NO_VICTIM.length} attacks, ${trials} trials each`);
    const random = await randomCells(ground, RANDOM_CELLS[size]);
    progress(`${random.lawful} of ${RANDOM_CELLS[size]} random cells unlock by the law`);
    const allowed = await ground.play(CONTROLS, trials, SIZES);
    const mutants: MutantOutcome[] = [];
    for (const mutant of MUTANTS) {
      const got = await infected(stage, mutant, () => ground.play([...NO_VICTIM, TOO_SOON], 1, SMALL));
      const needsBoth = mutant.faults.length > 1;
      mutants.push({
        name: mutant.name,
        killed: sum(got.values(), needsBoth ? ({ published }) => published : shown) > 0,
      });
    }
    mutants.push({ name: "a device may speak for another", killed: await killsTheVoice() });
    const again = await ground.play(NO_VICTIM, 1, SMALL);

    const unlocked = sum(outcomes.values(), shown);
    const controls: ControlOutcome[] = [
      ...[...allowed].map(([name, outcome]) => ({
        name: `${name}: ${outcome.published} of ${outcome.trials} show`,
        held: outcome.published === outcome.trials,
      })),
      { name: "every random cell that the law unlocks shows", held: random.missing === 0 && random.lawful > 0 },
      { name: "nothing shows again once the mutants are out", held: sum(again.values(), shown) === 0 },
      { name: "the known limit is stated on the page, in both languages", held: limitIsStated() },
    ];
    return {
      value: `${random.violations} violations in ${RANDOM_CELLS[size]} random cells; ${unlocked} of ${sum(outcomes.values(), (one) => one.trials)} unlocked without a victim`,
      pass: random.violations === 0 && unlocked === 0,
      controls,
      mutants,
    };
  } finally {
    await ground.close();
  }
}

export const figures: readonly Figure[] = [
  {
    name: "incidents",
    title: "Incident k/l violations; sensitive rows unlocked by k−1 fake reports and no victim",
    target: "0; 0 of 1000; the known limit (k−1 fakes and one victim) is stated on the page",
    rules: ["P14"],
    needs: "hub",
    fast: true,
    async run({ hub, size, progress }) {
      const stage = await openStage({ hub: hub.hubDatabase, edge: hub.edgeDatabase });
      try {
        return await attackAll(stage, size, progress);
      } finally {
        await stage.close();
      }
    },
  },
];
