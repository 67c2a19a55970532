import { z } from "zod";
import { parseConfig, variables } from "../../runtime/config.ts";

/** The environment of the background worker. */
export const readConfig = () =>
  parseConfig({
    MADANG_HOME: variables.MADANG_HOME,
    MADANG_LOG: variables.MADANG_LOG,
    HUB_DATABASE_URL: variables.HUB_DATABASE_URL,
    EDGE_DATABASE_URL: variables.EDGE_DATABASE_URL,
    REDIS_URL: variables.REDIS_URL,
    KEYRING_CONTROL_SOCKET: z.string().min(1),
    /** under which the world reaches the hub; its log is named by it when it begins */
    PUBLIC_URL: variables.MADANG_URL,
    /** how far batches of the transparency log are apart */
    LOG_BATCH_SECONDS: z.coerce.number().int().min(1).max(3600).default(60),
  });
