import { z } from "zod";
import { parseConfig, variables } from "../../runtime/config.ts";
import { CORRECTION_CRASH_POINTS, CRASH_POINTS } from "./crash.ts";

/** The environment of the release worker. `MADANG_CRASH_AT` is for tests alone: see crash.ts. */
export const readConfig = () =>
  parseConfig({
    MADANG_HOME: variables.MADANG_HOME,
    MADANG_LOG: variables.MADANG_LOG,
    HUB_DATABASE_URL: variables.HUB_DATABASE_URL,
    EDGE_DATABASE_URL: variables.EDGE_DATABASE_URL,
    REDIS_URL: variables.REDIS_URL,
    KEYRING_CONTROL_SOCKET: z.string().min(1),
    MADANG_CRASH_AT: z.enum([...CRASH_POINTS, ...CORRECTION_CRASH_POINTS]).optional(),
  });
