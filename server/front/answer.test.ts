import type { IncomingMessage } from "node:http";
import { hasVersion, takesGzip } from "./answer.ts";

const asked = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

describe("what a caller takes", () => {
  test.each([
    ["gzip", true],
    ["br, gzip;q=0.5", true],
    ["*", true],
    ["gzip;q=0", false],
    ["br", false],
    ["xgzip", false],
    ["", false],
  ])("Accept-Encoding %s: gzip %s", (encoding, taken) => {
    expect(takesGzip(asked({ "accept-encoding": encoding }))).toBe(taken);
  });

  test("a version is known by its tag, weak or strong, among several", () => {
    expect(hasVersion(asked({ "if-none-match": 'W/"a", "b"' }), 'W/"b"')).toBe(true);
    expect(hasVersion(asked({ "if-none-match": "*" }), '"c"')).toBe(true);
    expect(hasVersion(asked({ "if-none-match": '"a"' }), '"c"')).toBe(false);
    expect(hasVersion(asked({}), '"c"')).toBe(false);
  });
});
