/** What the test runner hands on from a running hub: the administrator's addresses and where the hub answers. */
export type HubEnvironment = {
  /** State folder: logs, sockets, secrets, data of the local stack. */
  home: string;
  /** Base address of the front door. */
  url: string;
  hubDatabase: string;
  edgeDatabase: string;
  redis: string;
};

const NAMES: Record<keyof HubEnvironment, string> = {
  home: "MADANG_HOME",
  url: "MADANG_URL",
  hubDatabase: "HUB_DATABASE_URL",
  edgeDatabase: "EDGE_DATABASE_URL",
  redis: "REDIS_URL",
};

/** The environment of the running hub, or the names of the variables that are missing. */
export function readEnvironment(from: NodeJS.ProcessEnv = process.env): HubEnvironment | { missing: string[] } {
  const missing = Object.values(NAMES).filter((name) => !from[name]);
  if (missing.length > 0) return { missing };
  const values = Object.entries(NAMES).map(([key, name]) => [key, (from[name] ?? "").replace(/\/$/, "")]);
  return Object.fromEntries(values) as HubEnvironment;
}

/**
 * A scenario against the running hub. Without one it is skipped, and says which variables it missed.
 * @param body registers the tests, given where the hub is
 */
export function scenario(title: string, body: (hub: HubEnvironment) => void): void {
  const found = readEnvironment();
  if (!("missing" in found)) {
    describe(title, () => body(found));
    return;
  }
  const reason = `needs a running hub: ${found.missing.join(", ")} not set`;
  describe.skip(title, () => {
    test.todo(reason);
  });
  process.stderr.write(`skipped: ${title}: ${reason}\n`);
}
