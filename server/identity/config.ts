import { z } from "zod";
import { parseConfig, variables } from "../../runtime/config.ts";

/** The environment of the embedded provider's process. */
export const loadConfig = () =>
  parseConfig({
    MADANG_HOME: variables.MADANG_HOME,
    MADANG_LOG: variables.MADANG_LOG,
    HUB_DATABASE_URL: variables.HUB_DATABASE_URL,
    IDENTITY_ISSUER: z.url(),
    IDENTITY_PORT: z.coerce.number().int().min(1).max(65_535),
    /** seals what is stored and signs cookies; changing it signs everybody out and makes new signing keys */
    IDENTITY_SECRET: z.string().min(22),
    /** of the client `hub` (client credentials) */
    IDENTITY_CLIENT_SECRET: z.string().min(22),
    /** demo accounts of a hub that listens on loopback alone; without it they are not let in */
    IDENTITY_DEMO_ACCOUNTS: z.string().min(1).optional(),
  });
