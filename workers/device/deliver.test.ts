import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { batch } from "../../core/edge/batch.ts";
import { verify } from "../../core/edge/signature.ts";
import { deliver } from "./deliver.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const credentials = { device: "pole-01", keyId: "pole-01.k", privateKey };
const head = { feed: "people", sequence: 7, time: 1_700_000_000_000 };
const READINGS = '[{"type":"heartbeat","at":"2026-11-21T00:00:00Z"}]';

let server: Server;
let url: string;
let answers: { status: number; body?: object; headers?: Record<string, string> }[];
let heard: { body: Buffer; signedBy: string }[];

async function hear(request: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const received = { method: "POST", path: request.url ?? "", headers: request.headers, body };
  const { keyid } = await verify(received, (id) => (id === credentials.keyId ? { publicKey } : undefined));
  heard.push({ body, signedBy: keyid });
}

beforeEach(async () => {
  heard = [];
  server = createServer((request, response) => {
    void hear(request).then(() => {
      const { status, body, headers } = answers.shift() ?? { status: 500 };
      response.writeHead(status, headers).end(JSON.stringify(body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe("delivering a batch", () => {
  test("signs it and follows the wire format", async () => {
    answers = [{ status: 202 }];
    const delivery = await deliver(url, credentials, head, READINGS);
    expect(delivery.status).toBe(202);
    expect(heard[0]?.signedBy).toBe("pole-01.k");
    expect(batch.parse(JSON.parse(heard[0]?.body.toString() ?? ""))).toMatchObject({ device: "pole-01", sequence: 7 });
  });

  test("sends the very same bytes again until the hub takes them", async () => {
    answers = [{ status: 503 }, { status: 429 }, { status: 202 }];
    let waits = 0;
    const delivery = await deliver(url, credentials, head, READINGS, {
      onRetry: () => {
        waits++;
      },
    });
    expect([delivery.status, waits, heard.length]).toEqual([202, 2, 3]);
    expect(new Set(heard.map(({ body }) => body.toString())).size).toBe(1);
  });

  test("takes a refusal for good at its word", async () => {
    answers = [{ status: 409, body: { code: "DAY_SEALED", detail: "sealed" } }];
    expect(await deliver(url, credentials, head, READINGS)).toEqual({
      status: 409,
      code: "DAY_SEALED",
      detail: "sealed",
    });
    expect(heard).toHaveLength(1);
  });

  test("waits for a hub that is away, until it is told to stop", async () => {
    const stopping = new AbortController();
    server.close();
    server.closeAllConnections();
    const delivery = deliver(url, credentials, head, READINGS, { signal: stopping.signal });
    setTimeout(() => stopping.abort(), 300);
    await expect(delivery).rejects.toThrow(/abort/i);
  });
});
