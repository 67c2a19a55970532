import { personalSpans } from "../../../core/incidents/redact.ts";
import { REDACTION_KINDS, type RedactionKind } from "../../../core/incidents/redaction/rule.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { cleanTexts } from "./clean.ts";
import { type Language, type Planted, planted } from "./corpus.ts";
import { isMissed, isTrue, type Redactor, wilsonLower } from "./measure.ts";
import { FAULTS } from "./mutants.ts";

/** The redactor's rules were written against the seed and half "tuning"; nobody looked at the texts of these before. */
const SEED = "reported, fourth";
const HALF = "held-out";

/** Of one class: 2000 Korean reports and at most 27 misses (Wilson's lower bound 0.98), or a quarter of both; fewer English ones. */
const SIZES = {
  full: { Korean: { reports: 2000, misses: 27 }, English: { reports: 500, misses: 6 }, clean: 4000 },
  fast: { Korean: { reports: 500, misses: 6 }, English: { reports: 166, misses: 2 }, clean: 1000 },
};
const LEAST_PRECISION = 0.98;

const corpus = new Map<string, readonly Planted[]>();
function reportsOf(kind: RedactionKind, count: number, language: Language): readonly Planted[] {
  const key = `${kind} ${language} ${count}`;
  const known = corpus.get(key) ?? planted(kind, count, SEED, HALF, language);
  corpus.set(key, known);
  return known;
}

const missesOf = (kind: RedactionKind, count: number, redactor: Redactor, language: Language = "Korean"): Planted[] =>
  reportsOf(kind, count, language).filter((report) => isMissed(report, redactor(report.text)));

async function run({ size, progress }: Arena): Promise<Finding> {
  const { Korean, English, clean } = SIZES[size];
  const korean = recall("Korean", Korean, progress);
  const english = recall("English", English, progress);
  const precision = precisionOf(Korean.reports, clean, progress);
  return {
    value: `${korean.value}; ${english.value}; ${precision.value}`,
    pass: korean.pass && english.pass && precision.pass,
    controls: [
      { name: "left as they are, all reports of each class are misses", held: allMissed(Korean.reports) },
      {
        name: "a redactor that takes out everything is not precise",
        held: !isPrecise(everything, Korean.reports, clean),
      },
    ],
    mutants: await mutants(Korean.reports, Korean.misses, progress),
  };
}

/** How many reports of each class keep a part of what they should lose. */
function recall(language: Language, sizes: { reports: number; misses: number }, say: (text: string) => void): Outcome {
  const { reports } = sizes;
  const classes = REDACTION_KINDS.map((kind) => ({ kind, missed: missesOf(kind, reports, personalSpans, language) }));
  for (const { kind, missed } of classes) {
    say(`${kind}, ${language}: ${missed.length} of ${reports} missed`);
    for (const { spelling, text } of missed) say(`  missed (${spelling}): ${JSON.stringify(text)}`);
  }
  const worst = classes.reduce((a, b) => (b.missed.length > a.missed.length ? b : a));
  const misses = worst.missed.length;
  const bound = wilsonLower(reports - misses, reports).toFixed(4);
  const all = classes.reduce((sum, { missed }) => sum + missed.length, 0);
  return {
    value: `${language}: worst of ${classes.length} classes ${worst.kind}, ${misses} of ${reports} missed (95 % lower bound ${bound}), all ${all}`,
    pass: misses <= sizes.misses,
  };
}

type Outcome = { readonly value: string; readonly pass: boolean };

const nothing: Redactor = () => [];
const everything: Redactor = (text) => [{ start: 0, end: text.length, kind: "NAME" }];
const allMissed = (reports: number): boolean =>
  REDACTION_KINDS.every((kind) => missesOf(kind, reports, nothing).length === reports);

type Precision = { readonly share: number; readonly alarms: number; readonly of: number };

/** The share of true redactions over as many reports of each class and clean texts as there are of the latter. */
function measured(redactor: Redactor, reports: number, clean: number, say: (text: string) => void): Precision {
  const mixed = REDACTION_KINDS.flatMap((kind) =>
    reportsOf(kind, reports, "Korean").slice(0, Math.ceil(clean / REDACTION_KINDS.length)),
  );
  const judged = mixed.flatMap((report) =>
    redactor(report.text).map((span) => {
      const right = isTrue(report, span);
      if (!right)
        say(
          `  not only the item: ${JSON.stringify(report.text.slice(span.start, span.end))} in ${JSON.stringify(report.text)}`,
        );
      return right;
    }),
  );
  const alarmed = cleanTexts(clean, SEED, HALF).map(({ sort, text }) => {
    const spans = redactor(text);
    for (const { start, end, kind } of spans)
      say(`  false alarm (${sort}) ${kind}: ${JSON.stringify(text.slice(start, end))} in ${JSON.stringify(text)}`);
    return spans.length;
  });
  const wrong = alarmed.reduce((sum, count) => sum + count, 0);
  const right = judged.filter(Boolean).length;
  return { share: right / (judged.length + wrong), alarms: alarmed.filter((count) => count > 0).length, of: clean };
}

const isPrecise = (redactor: Redactor, reports: number, clean: number): boolean =>
  passesPrecision(measured(redactor, reports, clean, () => {}));
const passesPrecision = ({ share, alarms, of }: Precision): boolean =>
  share >= LEAST_PRECISION && alarms <= of * (1 - LEAST_PRECISION);

function precisionOf(reports: number, clean: number, say: (text: string) => void): Outcome {
  const result = measured(personalSpans, reports, clean, say);
  const value = `precision ${result.share.toFixed(4)}; ${result.alarms} of ${result.of} clean texts touched`;
  return { value, pass: passesPrecision(result) };
}

async function mutants(reports: number, most: number, say: (text: string) => void): Promise<MutantOutcome[]> {
  const outcomes: MutantOutcome[] = [];
  for (const { name, kind, faulty } of FAULTS) {
    const redactor = await faulty();
    const missed = missesOf(kind, reports, redactor).length;
    say(`mutant "${name}": ${missed} of ${reports} ${kind} missed`);
    outcomes.push({ name, killed: missed > most });
  }
  return outcomes;
}

export const figures: readonly Figure[] = [
  {
    name: "redaction",
    title: "PII redaction per class (≥ 2000 generated Korean strings each)",
    target: "≤ 27 misses of 2000 (Wilson 95 % lower bound ≥ 0.98); precision ≥ 0.98 on clean text",
    rules: ["P14"],
    needs: "nothing",
    fast: true,
    run,
  },
];
