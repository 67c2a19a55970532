import { Agent, request } from "node:http";

/** What one question got: 200 and values, a code of docs/errors.md, or nothing (the connection, or no answer in time). */
export type Outcome = "ANSWERED" | "NOTHING" | (string & {});

/** Nobody waits longer for an answer. */
const LIMIT_MS = 3_000;

/** Asks a replica for a few values, over kept connections. */
export function asker(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ask = (body: string, bearer: string | null): Promise<Outcome> =>
    new Promise((resolve) => {
      const call = request(
        `${url}/graphql`,
        {
          method: "POST",
          agent,
          headers: {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
            ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
          },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => {
            text += part;
          });
          response.on("error", () => resolve("NOTHING"));
          response.on("end", () => resolve(outcomeOf(text)));
        },
      );
      // From the beginning to the end of the answer, however it trickles.
      const timer = setTimeout(() => call.destroy(), LIMIT_MS);
      call.on("close", () => clearTimeout(timer));
      call.on("error", () => resolve("NOTHING"));
      call.end(body);
    });
  return { ask, close: () => agent.destroy() };
}

function outcomeOf(text: string): Outcome {
  try {
    const told = JSON.parse(text) as { code?: string; errors?: { extensions?: { code?: string } }[]; data?: unknown };
    return told.code ?? told.errors?.[0]?.extensions?.code ?? (told.data == null ? "NOTHING" : "ANSWERED");
  } catch {
    return "NOTHING";
  }
}
