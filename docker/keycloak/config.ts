import { z } from "zod";
import { parseConfig, variables } from "../../runtime/config.ts";

/** The environment of the process that runs Keycloak. */
export const loadConfig = () =>
  parseConfig({
    MADANG_HOME: variables.MADANG_HOME,
    MADANG_LOG: variables.MADANG_LOG,
    PATH: z.string(),
    IDENTITY_ISSUER: z.url(),
    IDENTITY_PORT: z.coerce.number().int(),
    IDENTITY_HEALTH_PORT: z.coerce.number().int(),
    IDENTITY_CLIENT_SECRET: z.string().min(22),
    IDENTITY_ADMIN_SECRET: z.string().min(22),
    IDENTITY_DEMO_ACCOUNTS: z.string().min(1).optional(),
    /** folder of caches, where the built distribution is */
    IDENTITY_CACHE: z.string().min(1),
  });
export type KeycloakConfig = ReturnType<typeof loadConfig>;
