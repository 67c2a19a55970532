import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { HubError } from "../../core/errors.ts";
import { createBodies, parseBody } from "./body.ts";

const code = (body: Buffer | string): string => {
  try {
    parseBody(Buffer.from(body));
    return "taken";
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return error.code;
  }
};

test("a body is one JSON text in UTF-8", () => {
  expect(code('{"a":"마당"}')).toBe("taken");
  for (const text of ["", "{", '{"a":1}{}', "{'a':1}", '{"a":NaN}', '{"a":Infinity}', '{"a":1,}', "\u0000"]) {
    expect(code(text)).toBe("BODY_NOT_JSON");
  }
  expect(code("[".repeat(200_000))).toBe("BODY_NOT_JSON");
});

test("bytes that are no UTF-8, and byte-order marks, are refused before they are parsed", () => {
  for (const bytes of [[0xff], [0x7b, 0xc3, 0x28, 0x7d], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf, 0x7b, 0x7d]]) {
    expect(code(Buffer.from(bytes))).toBe("BODY_NOT_UTF8");
  }
});

test("bodies together hold no more than they may, from their first byte until the work on them is done", async () => {
  // kills: judging what is held only before a body is read; letting go of a body while it waits for the store
  const bodies = createBodies(1_000);
  let finish = (): void => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const server = createServer((incoming, response) => {
    bodies
      .take(incoming, () => work)
      .then(
        () => response.end("done"),
        (error: unknown) => response.end(error instanceof HubError ? error.code : "failed"),
      );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const send = (parts: readonly number[]) =>
    new Promise<string>((resolve, reject) => {
      const call = request({ port, method: "POST" }, async (response) => {
        let text = "";
        for await (const chunk of response) text += chunk;
        resolve(text);
      });
      call.on("error", reject);
      for (const size of parts) call.write("x".repeat(size));
      call.end();
    });
  const first = send([600]);
  // Held by the first alone, then by both: the second is turned away whether it is small at first or not.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await send([200, 300])).toBe("UNAVAILABLE");
  finish();
  expect(await first).toBe("done");
  expect(await send([900])).toBe("done");
  server.close();
});
