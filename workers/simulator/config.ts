import { z } from "zod";
import { parseConfig, variables } from "../../runtime/config.ts";

/** The simulator's environment: it has no database, only the front door's address and its devices' keys. */
export const readConfig = () =>
  parseConfig({
    MADANG_HOME: variables.MADANG_HOME,
    MADANG_URL: variables.MADANG_URL,
    MADANG_LOG: variables.MADANG_LOG,
    SIMULATOR_CITY: z.string().min(1).default("sangmu"),
  });
