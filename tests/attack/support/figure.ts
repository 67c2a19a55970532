import type { HubEnvironment } from "../../support/environment.ts";

/** `full`: the samples that docs/privacy.md states. `fast`: less of the same, for `npm test`; what it shows is less too. */
export type Size = "full" | "fast";

/** Where an attack runs. */
export type Arena = {
  readonly size: Size;
  /** The running hub. @throws Error for a figure that says it needs nothing */
  readonly hub: HubEnvironment;
  /** Says how far a long attack is. */
  readonly progress: (text: string) => void;
};

/** A deliberate fault, and whether the figure noticed it. */
export type MutantOutcome = { readonly name: string; readonly killed: boolean };
/** Something that must succeed, or the attack would be blind: a planted value that is found, an attack that works. */
export type ControlOutcome = { readonly name: string; readonly held: boolean };

/** What an attack measured. It passes as a whole when `pass`, every control held and every mutant was killed. */
export type Finding = {
  /** As it is printed: the measured number, with what it is compared with where that helps. */
  readonly value: string;
  readonly pass: boolean;
  readonly controls: readonly ControlOutcome[];
  readonly mutants: readonly MutantOutcome[];
  /** The chance to notice the smallest fault that the figure is for, where it is statistical; 0 … 1. */
  readonly power?: number;
};

/** One row of the scorecard. `tests/attack/<name>/figure.ts` exports `figures`, its README says who attacks and how. */
export type Figure = {
  /** Unique, kebab-case. */
  readonly name: string;
  readonly title: string;
  readonly target: string;
  /** Rules that it shows: P1 … P19. */
  readonly rules: readonly string[];
  /** `nothing`: runs beside the others, in a process of its own; `hub`: one after another on the running hub. */
  readonly needs: "nothing" | "hub";
  /** Whether `npm test` runs it, with `size` fast. */
  readonly fast: boolean;
  readonly run: (arena: Arena) => Promise<Finding>;
};

export const passes = ({ pass, controls, mutants }: Finding): boolean =>
  pass && controls.every(({ held }) => held) && mutants.every(({ killed }) => killed);
