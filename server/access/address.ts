import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { HubError } from "../../core/errors.ts";

/** `10.0.0.0/8` or one address; the mapped form of an IPv4 address counts as that address. */
function split(network: string): { address: string; bits: number; family: "ipv4" | "ipv6" } | null {
  const [text = "", given] = network.trim().split("/");
  const address = plain(text);
  const version = isIP(address);
  if (version === 0) return null;
  const most = version === 4 ? 32 : 128;
  const bits = given === undefined ? most : Number(given);
  if (!Number.isInteger(bits) || bits < 0 || bits > most) return null;
  return { address, bits, family: version === 4 ? "ipv4" : "ipv6" };
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");

export const isNetwork = (text: string): boolean => split(text) !== null;

/** @throws HubError BAD_USER_INPUT for a text that is no network */
export function networks(list: readonly string[]): BlockList {
  const found = new BlockList();
  for (const text of list) {
    const network = split(text);
    if (network === null) throw new HubError("BAD_USER_INPUT", "A network is written as address/bits.");
    found.addSubnet(network.address, network.bits, network.family);
  }
  return found;
}

/** Whether an address lies in one of these networks; something that is no address lies in none. */
export function liesIn(list: BlockList, address: string): boolean {
  const given = plain(address);
  const version = isIP(given);
  return version !== 0 && list.check(given, version === 4 ? "ipv4" : "ipv6");
}

/**
 * Where a request comes from: the other end of its connection. Only where that is a proxy which the operator named is the
 * last address that it added to X-Forwarded-For believed, and so on inward.
 * @param trusted networks of the operator's own proxies; none by default
 */
export function clientAddress(request: Pick<IncomingMessage, "socket" | "headers">, trusted: BlockList): string {
  let address = plain(request.socket.remoteAddress ?? "");
  const told = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",").reverse();
  for (const next of told) {
    if (!liesIn(trusted, address) || isIP(plain(next.trim())) === 0) break;
    address = plain(next.trim());
  }
  return address;
}
