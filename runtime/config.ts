import { z } from "zod";

/** Variables that several processes share; a process picks the ones it needs. */
export const variables = {
  MADANG_HOME: z.string().min(1).default(".madang"),
  MADANG_PORT: z.coerce.number().int().min(1).max(65_500).default(4000),
  MADANG_HOST: z.string().min(1).default("127.0.0.1"),
  MADANG_URL: z.url(),
  MADANG_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  INTAKE_PORT: z.coerce.number().int().min(1).max(65_535),
  HUB_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  EDGE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  CACHE_URL: z.url({ protocol: /^rediss?$/ }),
} as const;

/**
 * Parses the environment of one process and reports every fault at once.
 *
 * Values are never printed: a database address carries a password.
 * @param shape zod types by variable name
 * @param environment defaults to the process's own
 * @throws never: on a fault it prints all of them to standard error and exits with 1, before anything is bound
 */
export function parseConfig<S extends z.core.$ZodShape>(
  shape: S,
  environment: NodeJS.ProcessEnv = process.env,
): z.infer<z.ZodObject<S>> {
  const result = z.object(shape).safeParse(environment);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  process.stderr.write(
    `The environment has ${faults.length} fault${faults.length === 1 ? "" : "s"}:\n${faults.join("\n")}\n`,
  );
  process.exit(1);
}
