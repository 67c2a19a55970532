import type { IncomingMessage } from "node:http";
import { clientAddress, isNetwork, liesIn, networks } from "./address.ts";

const request = (remoteAddress: string, forwarded?: string | string[]) =>
  ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

describe("where a request comes from", () => {
  const none = networks([]);
  const own = networks(["10.0.0.0/8", "fd00::/8"]);

  test("is the other end of the connection, whatever the caller writes into a header", () => {
    expect(clientAddress(request("203.0.113.9", "10.1.2.3"), none)).toBe("203.0.113.9");
    expect(clientAddress(request("203.0.113.9", "10.1.2.3"), own)).toBe("203.0.113.9");
    expect(clientAddress(request("::ffff:203.0.113.9"), none)).toBe("203.0.113.9");
  });

  test("is what the operator's own proxy added last, never what stood before that", () => {
    expect(clientAddress(request("10.0.0.1", "198.51.100.7, 203.0.113.9"), own)).toBe("203.0.113.9");
    expect(clientAddress(request("10.0.0.1", "198.51.100.7, 10.0.0.2"), own)).toBe("198.51.100.7");
    expect(clientAddress(request("fd00::1", "2001:db8::5"), own)).toBe("2001:db8::5");
    expect(clientAddress(request("10.0.0.1", "nonsense"), own)).toBe("10.0.0.1");
    expect(clientAddress(request("10.0.0.1"), own)).toBe("10.0.0.1");
  });
});

test("networks hold the addresses in them, of both families, and nothing that is no address", () => {
  const list = networks(["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"]);
  expect(["192.0.2.200", "::ffff:192.0.2.1", "2001:db8:1::1", "198.51.100.7"].map((one) => liesIn(list, one))).toEqual(
    Array(4).fill(true),
  );
  expect(["192.0.3.1", "2001:db9::1", "198.51.100.8", "", "192.0.2.0/24"].map((one) => liesIn(list, one))).toEqual(
    Array(5).fill(false),
  );
  expect(["192.0.2.0/24", "::1", "10.0.0.0/33", "a/8", "10.0.0.0/x"].map(isNetwork)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
