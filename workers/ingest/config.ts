import { z } from "zod";
import { parseConfig, variables } from "../../runtime/config.ts";

/** The environment of an ingest worker. */
export const readConfig = () =>
  parseConfig({
    MADANG_HOME: variables.MADANG_HOME,
    MADANG_LOG: variables.MADANG_LOG,
    HUB_DATABASE_URL: variables.HUB_DATABASE_URL,
    EDGE_DATABASE_URL: variables.EDGE_DATABASE_URL,
    REDIS_URL: variables.REDIS_URL,
    KEYRING_INGEST_SOCKET: z.string().min(1),
  });
