import { parseConfig, variables } from "../../runtime/config.ts";

/** The environment of the outage command: the administrator of both databases; of the restricted one it asks which days are open. */
export const readConfig = () =>
  parseConfig({ HUB_DATABASE_URL: variables.HUB_DATABASE_URL, EDGE_DATABASE_URL: variables.EDGE_DATABASE_URL });
