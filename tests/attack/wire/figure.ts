import * as wire from "../../../core/edge/batch.ts";
import { EXAMPLES } from "../../../core/edge/examples.ts";
import { mutate, relink } from "../../../core/testing/mutant.ts";
import { seededWords } from "../../../core/testing/seeded.ts";
import type { Figure, Finding, MutantOutcome, Size } from "../support/figure.ts";
import { hostileReadings } from "./hostile.ts";

type Wire = Pick<typeof wire, "parseReading">;

const READINGS: Record<Size, number> = { full: 200_000, fast: 20_000 };
const MUTANT_READINGS = 4_000;
const at = (name: string): URL => new URL(`../../../core/edge/${name}.ts`, import.meta.url);

/** How many hostile readings pass, or are repeated in the answer. */
function leaks({ parseReading }: Wire, count: number): { passed: number; repeated: number } {
  let passed = 0;
  let repeated = 0;
  for (const { reading, words } of hostileReadings(count, seededWords("hostile"))) {
    const result = parseReading(reading);
    if (result.ok) passed++;
    else if (words.some((word) => JSON.stringify(result).includes(word))) repeated++;
  }
  return { passed, repeated };
}

const clean = ({ parseReading }: Wire): boolean => Object.values(EXAMPLES).every((one) => parseReading(one).ok);

/** The wire with a fault in one of its modules; what uses that module is linked with it anew. */
const FAULTS: readonly { readonly name: string; readonly make: () => Promise<Wire> }[] = [
  {
    name: "unknown fields of a track are taken",
    make: async () =>
      relink(at("batch"), {
        "./crowd.ts": await mutate(at("crowd"), {
          name: "loose",
          from: '.strictObject({\n    type: z.literal("track")',
          to: '.looseObject({\n    type: z.literal("track")',
        }),
      }),
  },
  {
    name: "texts may hold identifiers",
    make: async () => {
      const fields = await mutate<object>(at("fields"), {
        name: "blind",
        from: "if (looksLikeIdentifier(text)) return false;",
        to: "",
      });
      const parts = ["crowd", "incidents", "mobility"];
      const linked = await Promise.all(parts.map((part) => relink<object>(at(part), { "./fields.ts": fields })));
      return relink(at("batch"), {
        "./fields.ts": fields,
        ...Object.fromEntries(parts.map((part, index) => [`./${part}.ts`, linked[index]])),
      });
    },
  },
  {
    name: "a refusal repeats the name that a device made up",
    make: () =>
      mutate<Wire>(at("batch"), {
        name: "echo",
        from: 'if (unknown.length > 0) return fault("ROW_UNKNOWN_FIELD", null);',
        to: 'if (unknown.length > 0) return fault("ROW_UNKNOWN_FIELD", unknown[0].keys[0]);',
      }),
  },
];

async function outcome({ name, make }: (typeof FAULTS)[number]): Promise<MutantOutcome> {
  const { passed, repeated } = leaks(await make(), MUTANT_READINGS);
  return { name, killed: passed + repeated > 0 };
}

async function run(size: Size): Promise<Finding> {
  const count = READINGS[size];
  const { passed, repeated } = leaks(wire, count);
  return {
    value: `${passed} taken, ${repeated} repeated in a refusal, of ${count}`,
    pass: passed === 0 && repeated === 0,
    controls: [{ name: "a clean reading of each type is taken", held: clean(wire) }],
    mutants: await Promise.all(FAULTS.map(outcome)),
  };
}

export const figures: readonly Figure[] = [
  {
    name: "wire",
    title: "hostile readings of a stolen device: media, faces, unknown fields, identifiers outside the subject",
    target: "0 taken, 0 repeated in a refusal",
    rules: ["P18"],
    needs: "nothing",
    fast: true,
    run: ({ size }) => run(size),
  },
];
