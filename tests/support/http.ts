import { Agent, type IncomingHttpHeaders, request } from "node:http";

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

/** Connections are kept: a device and a load generator do not connect anew for each batch. */
export const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/**
 * Posts bytes and reads the answer.
 * @throws the socket's error, and an Error when nothing was said for `timeoutMs`
 */
export function post(
  url: string,
  headers: Record<string, string>,
  body: Uint8Array,
  timeoutMs = 30_000,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      { method: "POST", agent, timeout: timeoutMs, headers: { ...headers, "content-length": body.length } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    call.on("timeout", () => call.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    call.on("error", reject);
    call.end(body);
  });
}
