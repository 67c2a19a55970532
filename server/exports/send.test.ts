import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { constants, gunzipSync } from "node:zlib";
import { HubError } from "../../core/errors.ts";
import { type SendOptions, sendParts } from "./send.ts";

let server: Server;
let port: number;
let parts: () => AsyncGenerator<string>;
let options: SendOptions;
let thrown: unknown;

beforeAll(async () => {
  server = createServer((_request, response) => {
    sendParts(response, parts(), options).catch((error: unknown) => {
      thrown = error;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  thrown = undefined;
  ended = false;
  options = {
    format: "csv",
    zipped: false,
    stands: async () => {
      if (ended) throw new HubError("LICENCE_ENDED", "The licence has ended.");
    },
  };
  parts = lines;
});

let ended = false;
const line = (nth: number): string => `${nth},${"x".repeat(200)}\n`;
async function* lines(): AsyncGenerator<string> {
  for (let nth = 0; nth < 20; nth++) {
    yield line(nth);
    await sleep(20);
    if (nth === 4) ended = endsThen;
  }
}
let endsThen = true;

/** All that came, and whether it was the end of a message. */
function read(): Promise<{ body: Buffer; complete: boolean }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, path: "/", agent: false }, (response) => {
      const got: Buffer[] = [];
      response.on("data", (part: Buffer) => got.push(part));
      response.on("error", () => {});
      response.on("close", () => resolve({ body: Buffer.concat(got), complete: response.complete }));
    });
    call.on("error", reject).end();
  });
}

test("what may be read to its end comes whole, plain or zipped", async () => {
  endsThen = false;
  const all = Array.from({ length: 20 }, (_, nth) => line(nth)).join("");
  expect(await read()).toEqual({ body: Buffer.from(all), complete: true });
  options.zipped = true;
  const { body, complete } = await read();
  expect([gunzipSync(body).toString(), complete, thrown]).toEqual([all, true, undefined]);
});

test("a zipped file that is cut says why when it is opened as far as it goes, and is none when it must be whole", async () => {
  endsThen = true;
  options.zipped = true;
  const { body, complete } = await read();
  expect(complete).toBe(false);
  expect(() => gunzipSync(body)).toThrow("unexpected end of file");
  const text = gunzipSync(body, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  expect(text).toMatch(/^0,x+\n1,x+\n/);
  expect(text).toMatch(/\n# cut: LICENCE_ENDED: The licence has ended\. This file is not complete\.\n$/);
  expect(text.length).toBeLessThan(20 * 200);
});

test("a part that takes long is not waited for", async () => {
  parts = async function* () {
    yield line(0);
    ended = true;
    await sleep(3_000);
    yield line(1);
  };
  const start = Date.now();
  const { body, complete } = await read();
  expect([body.toString().includes("# cut: LICENCE_ENDED"), body.toString().includes(line(1)), complete]).toEqual([
    true,
    false,
    false,
  ]);
  expect(Date.now() - start).toBeLessThan(2_000);
});

test("nothing is sent as whole whose reader lost it at the very end", async () => {
  parts = async function* () {
    yield line(0);
    ended = true;
  };
  expect((await read()).complete).toBe(false);
});

test("a fault of reading cuts the file, too, and is told to the log as it was", async () => {
  const fault = new TypeError("a fault of our own");
  parts = async function* () {
    yield line(0);
    throw fault;
  };
  const { body, complete } = await read();
  expect([body.toString().includes("# cut: INTERNAL: "), complete, thrown]).toEqual([true, false, fault]);
});

test("a reader of HTTP/1.0, who knows no end but the connection's, finds the last line", async () => {
  endsThen = true;
  const text = await new Promise<string>((resolve) => {
    let got = "";
    const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.0\r\n\r\n"));
    socket.on("data", (part) => {
      got += part.toString();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(got));
  });
  expect(text).toMatch(/\n# cut: LICENCE_ENDED: /);
});

test("a reader who takes nothing any more holds up nothing: the connection is closed", async () => {
  endsThen = true;
  parts = async function* () {
    for (;;) {
      yield "x".repeat(1_000_000);
      ended = true;
    }
  };
  const start = Date.now();
  await new Promise<void>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n"));
    socket.once("data", () => socket.pause());
    server.once("connection", (own) => own.once("close", () => resolve()));
    setTimeout(() => socket.destroy(), 4_000).unref();
  });
  expect(Date.now() - start).toBeLessThan(3_000);
});
