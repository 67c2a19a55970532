import type { Log } from "../../runtime/log.ts";
import type { Pool } from "../../runtime/postgres.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Crash } from "./crash.ts";
import type { DestroyKey } from "./keyring.ts";

/** What the steps of a release need; wired in main.ts. */
export type Context = {
  readonly hub: Pool;
  readonly edge: Pool;
  readonly catalogue: Catalogue;
  readonly destroyKey: DestroyKey;
  readonly crash: Crash;
  readonly log: Log;
};
