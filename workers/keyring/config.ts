import { z } from "zod";
import { parseConfig, variables } from "../../runtime/config.ts";

/** The environment of the keyring process. */
export const readConfig = () =>
  parseConfig({
    MADANG_HOME: variables.MADANG_HOME,
    MADANG_LOG: variables.MADANG_LOG,
    KEYRING_DIR: z.string().min(1),
    KEYRING_PUBLIC_SOCKET: z.string().min(1),
    KEYRING_INGEST_SOCKET: z.string().min(1),
    KEYRING_CONTROL_SOCKET: z.string().min(1),
  });
