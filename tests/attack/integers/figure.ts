import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as gaussian from "../../../core/privacy/gaussian.ts";
import * as laplace from "../../../core/privacy/laplace.ts";
import { releaseSparse } from "../../../core/privacy/sparse.ts";
import { mutate } from "../../../core/testing/mutant.ts";
import type { Figure, Finding, MutantOutcome } from "../support/figure.ts";

type Sampler = Pick<typeof laplace, "sampleVector">;
type GaussianSampler = Pick<typeof gaussian, "sampleGaussianVector">;

const ROOT = join(import.meta.dirname, "../../..");
const FILE = new URL("../../../core/privacy/laplace.ts", import.meta.url);
const GAUSSIAN_FILE = new URL("../../../core/privacy/gaussian.ts", import.meta.url);
/** Where noise is made, stored or shown; the simulator (synthetic input) and the portal's drawing are not among them. */
const CODE = "{core,runtime,prisma,schema,server,workers}/**/*.ts";
const EXEMPT = /^workers\/simulator\/|\.test\.ts$|\/generated\//;
/** What turns integers into floats, or draws without the system's generator. */
const FLOATING = [
  "random",
  "log",
  "log1p",
  "log2",
  "log10",
  "exp",
  "expm1",
  "pow",
  "sqrt",
  "tanh",
  "sin",
  "cos",
] as const;

/** Runs work while every floating function of Math throws. */
function withoutFloats(work: () => unknown): boolean {
  const kept = FLOATING.map((name) => [name, Math[name]] as const);
  for (const name of FLOATING) {
    Object.defineProperty(Math, name, {
      configurable: true,
      writable: true,
      value: () => {
        throw new Error(`Math.${name} reached the sampler`);
      },
    });
  }
  try {
    work();
    return true;
  } catch {
    return false;
  } finally {
    for (const [name, value] of kept) Object.defineProperty(Math, name, { configurable: true, writable: true, value });
  }
}

const SCALES = [
  { n: 1, d: 1 },
  { n: 25, d: 2 },
  { n: 40, d: 1 },
  { n: 1_000_003, d: 999_983 },
  { n: 2 ** 33 + 9, d: 7 },
];
/** Whether a sampler draws integers at every scale (or variance) without a floating function. */
const draws = (vector: Sampler["sampleVector"]): boolean =>
  withoutFloats(() => {
    for (const scale of SCALES) {
      for (const value of vector(500, scale)) {
        if (!Number.isSafeInteger(value)) throw new Error("a draw is no integer");
      }
    }
  });
const samples = ({ sampleVector }: Sampler): boolean => draws(sampleVector);
const samplesGaussian = ({ sampleGaussianVector }: GaussianSampler): boolean => draws(sampleGaussianVector);

function sources(): string[] {
  return globSync(CODE, { cwd: ROOT, exclude: (name) => name === "node_modules" }).filter((file) => !EXEMPT.test(file));
}

/** Files that name Math.random. */
const offenders = (files: readonly string[]): string[] =>
  files.filter((file) => /Math\s*\.\s*random|Math\[/.test(readFileSync(join(ROOT, file), "utf8")));

/** Whether the project's lint rule refuses a text; tried in a folder of its own, so that nothing stands in the tree. */
function lintRefuses(text: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), "lint-"));
  try {
    const rule = join(ROOT, "docker/lint/no-math-random.grit");
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ root: true, plugins: [rule] }));
    writeFileSync(join(folder, "planted.ts"), text);
    const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
    const { stdout, stderr } = spawnSync(process.execPath, [biome, "lint", "planted.ts"], { cwd: folder });
    return /plugin/.test(`${stdout}${stderr}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const FAULTS = [
  {
    name: "noise by the inverse of a float",
    from: "const size = geometric(scale, random);",
    to: "const size = Math.floor((-scale.n / scale.d) * Math.log(1 - (random() + 0.5) / 4294967296));",
  },
  {
    name: "noise from Math.random",
    from: "const negative = random() >>> 31 === 1;",
    to: "const negative = Math.random() < 0.5;",
  },
  {
    name: "a draw that is no integer",
    from: "return d === 1 ? x : Math.floor(x / d);",
    to: "return x / d;",
  },
];

/** σ by a float: exact enough to pass every test of the distribution, and a float all the same. */
const GAUSSIAN_FAULT = {
  name: "the root of a Gaussian's variance by a float",
  from: "const t = floorRoot(variance) + 1;",
  to: "const t = Math.floor(Math.sqrt(variance.n / variance.d)) + 1;",
};

async function outcome(fault: (typeof FAULTS)[number]): Promise<MutantOutcome> {
  return { name: fault.name, killed: !samples(await mutate<Sampler>(FILE, fault)) };
}

async function run(): Promise<Finding> {
  const files = sources();
  const found = offenders(files);
  const sparse = withoutFloats(() =>
    releaseSparse({ counts: new Map([[3, 40]]), domain: 5_000, scale: { n: 2, d: 1 }, threshold: 12 }),
  );
  const dense = samples(laplace) && samplesGaussian(gaussian);
  const faulty = await mutate<GaussianSampler>(GAUSSIAN_FILE, GAUSSIAN_FAULT);
  return {
    value: `${found.length} of ${files.length} files name Math.random; samplers ${dense && sparse ? "run" : "fail"} with every floating function of Math taken away`,
    pass: found.length === 0 && dense && sparse,
    controls: [
      { name: "the files were found", held: files.length > 200 },
      { name: "a floating function in a sampler is noticed", held: !withoutFloats(() => Math.exp(1)) },
      {
        name: "the lint rule refuses Math.random and lets a clean line pass",
        held:
          lintRefuses("export const noise = (): number => Math.random();\n") &&
          !lintRefuses("export const noise = (): number => 4;\n"),
      },
    ],
    mutants: [
      ...(await Promise.all(FAULTS.map(outcome))),
      { name: GAUSSIAN_FAULT.name, killed: !samplesGaussian(faulty) },
    ],
  };
}

export const figures: readonly Figure[] = [
  {
    name: "integers",
    title: "floats and Math.random on the way of a value: in the code, in the linter, in the samplers while they run",
    target: "none",
    rules: ["P13"],
    needs: "nothing",
    fast: true,
    run,
  },
];
