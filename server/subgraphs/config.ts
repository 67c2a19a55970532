import { z } from "zod";
import { parseConfig, variables } from "../../runtime/config.ts";
import { subgraphs } from "../../schema/subgraphs.ts";

const names = subgraphs.map(({ name }) => name);

/** `crowd,mobility`: names of subgraphs. */
export const subgraphNames = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  )
  .refine((given) => given.every((name) => names.includes(name)), `a comma list of ${names.join(", ")}`);

/** Where the split subgraphs listen: from MADANG_PORT + 10 on, in the order of `schema/subgraphs.ts`. */
export const subgraphPort = (firstPort: number, name: string): number => firstPort + 10 + names.indexOf(name);

export const loadConfig = () =>
  parseConfig({
    MADANG_HOME: variables.MADANG_HOME,
    MADANG_HOST: variables.MADANG_HOST,
    MADANG_PORT: variables.MADANG_PORT,
    MADANG_LOG: variables.MADANG_LOG,
    HUB_DATABASE_URL: variables.HUB_DATABASE_URL,
    /** by which the gateway signs who asks */
    INTERNAL_KEY: z.string().min(32),
    MADANG_SUBGRAPHS: subgraphNames.refine((given) => given.length > 0, "at least one subgraph"),
  });
