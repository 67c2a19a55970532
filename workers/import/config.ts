import { parseConfig, variables } from "../../runtime/config.ts";

/** What the import is given by `npm run import`: administrator's addresses, because it declares a city. */
export const readConfig = () =>
  parseConfig({
    MADANG_HOME: variables.MADANG_HOME,
    MADANG_URL: variables.MADANG_URL,
    HUB_DATABASE_URL: variables.HUB_DATABASE_URL,
    EDGE_DATABASE_URL: variables.EDGE_DATABASE_URL,
  });
