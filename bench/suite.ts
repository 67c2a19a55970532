import type { Databases } from "../tests/support/databases.ts";
import type { HubEnvironment } from "../tests/support/environment.ts";
import type { Figure } from "./figures.ts";

export type Bench = HubEnvironment & {
  databases: Databases;
  /** Tells the person at the terminal what is measured now. */
  say(text: string): void;
};

/** A suite measures on a hub of its own, which it may fill. */
export type Suite = (bench: Bench) => Promise<Figure[]>;
