import { parseConfig, variables } from "../../runtime/config.ts";

/** The environment of the device command: the hub's administrator, and the address that devices use. */
export const readConfig = () =>
  parseConfig({ HUB_DATABASE_URL: variables.HUB_DATABASE_URL, MADANG_URL: variables.MADANG_URL });
