import { createServer } from "node:net";
import { EXIT, Refusal } from "./refusal.ts";

/** Every port of one hub, counted from its first. Split subgraphs follow from `subgraphs`. */
export type PortPlan = {
  front: number;
  intake: number;
  hub: number;
  edge: number;
  queue: number;
  cache: number;
  /** The sign-in provider, and the port on which Keycloak tells how it is. */
  identity: number;
  identityHealth: number;
  subgraphs: number;
};

/** Ports that WHATWG fetch refuses (Fetch Standard, "port blocking"), from 1024 on. */
const BLOCKED = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/**
 * The ports from `first` on.
 * @throws Refusal when browsers refuse the first port, or the last would be above 65535
 */
export function portPlan(first: number): PortPlan {
  if (!Number.isInteger(first) || first < 1 || first > 65_500)
    throw new Refusal("MADANG_PORT is the first port: a whole number from 1 to 65500.", EXIT.wrongUse);
  if (BLOCKED.has(first) || BLOCKED.has(first + 1))
    throw new Refusal(
      `Browsers and fetch refuse port ${BLOCKED.has(first) ? first : first + 1}: choose another MADANG_PORT.`,
      EXIT.wrongUse,
    );
  return {
    front: first,
    intake: first + 1,
    hub: first + 2,
    edge: first + 3,
    queue: first + 4,
    cache: first + 5,
    identity: first + 6,
    identityHealth: first + 7,
    subgraphs: first + 10,
  };
}

/**
 * Makes sure that each port can be bound.
 * @throws Refusal naming the first that cannot, and MADANG_PORT
 */
export async function assertFree(ports: readonly number[], host: string): Promise<void> {
  for (const port of ports) {
    const code = await bindFault(port, host);
    if (code === null) continue;
    const why =
      code === "EADDRINUSE"
        ? "is taken by another program"
        : code === "EACCES"
          ? "may not be opened by this user"
          : `cannot be opened on ${host} (${code})`;
    throw new Refusal(`Port ${port} ${why}. Choose another first port: MADANG_PORT=5000 npm start`);
  }
}

function bindFault(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}
