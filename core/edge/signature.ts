import { type KeyObject, sign as signBytes, verify as verifyBytes } from "node:crypto";
import { type InnerList, parseDictionary, serializeInnerList } from "structured-headers";
import { HubError } from "../errors.ts";
import { contentDigest, verifyDigest } from "./digest.ts";

/** What a signature must cover, no more and no less (RFC 9421 §2). */
export const COMPONENTS = ["@method", "@path", "content-type", "content-digest"] as const;
const PARAMETERS = ["created", "keyid", "alg"] as const;
const ALGORITHM = "ed25519";

/** How old a signature may be, and how far ahead of us a device's clock, in seconds. */
export const SIGNATURE_WINDOW_SECONDS = 300;
export const SIGNATURE_SKEW_SECONDS = 120;

/** A request as it is signed: `path` without a query, because the query is not covered. */
export type SignedRequest = {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: Uint8Array;
};

/** A request as it arrives. Header names are lower-case, as Node gives them. */
export type ReceivedRequest = {
  readonly method: string;
  /** The request target as received. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
};

/** The headers that carry a signature. */
export type SignatureHeaders = {
  "content-type": string;
  "content-digest": string;
  "signature-input": string;
  signature: string;
};

/** The device of a keyid, or undefined when there is none; may throw `DEVICE_REVOKED`. */
export type DeviceLookup<D extends { readonly publicKey: KeyObject }> = (
  keyid: string,
) => D | undefined | Promise<D | undefined>;

export type Verified<D> = { readonly device: D; readonly keyid: string; readonly created: number };

/**
 * Signs a request with an Ed25519 key (RFC 9421): returns the headers to send with it. `created` in epoch seconds.
 * Throws RangeError for a path with a query.
 */
export function sign(
  request: SignedRequest,
  privateKey: KeyObject,
  keyid: string,
  created: number = Math.floor(Date.now() / 1000),
): SignatureHeaders {
  if (/[?#]/.test(request.path)) throw new RangeError("a signed path has no query");
  const digest = contentDigest(request.body);
  const input = serializeInnerList([
    COMPONENTS.map((name) => [name, new Map()]),
    new Map<string, string | number>([
      ["created", created],
      ["keyid", keyid],
      ["alg", ALGORITHM],
    ]),
  ]);
  const values = {
    "@method": request.method,
    "@path": request.path,
    "content-type": request.contentType,
    "content-digest": digest,
  };
  const signature = signBytes(null, signatureBase(COMPONENTS, values, input), privateKey);
  return {
    "content-type": request.contentType,
    "content-digest": digest,
    "signature-input": `sig=${input}`,
    signature: `sig=:${signature.toString("base64")}:`,
  };
}

/**
 * Verifies a signed request strictly: one label, exactly `COMPONENTS`, parameters created, keyid and alg="ed25519", a
 * time within the window, a known device, the signature, then the body's digest. `nowSeconds` is ours. Throws
 * `SIGNATURE_MISSING`, `SIGNATURE_INVALID`, `SIGNATURE_EXPIRED`, `CLOCK_SKEW`, `DEVICE_UNKNOWN`, `DIGEST_MISSING` or
 * `DIGEST_INVALID`, and what the lookup throws.
 */
export async function verify<D extends { readonly publicKey: KeyObject }>(
  request: ReceivedRequest,
  lookup: DeviceLookup<D>,
  nowSeconds: number = Math.floor(Date.now() / 1000),
  windowSeconds: number = SIGNATURE_WINDOW_SECONDS,
  skewSeconds: number = SIGNATURE_SKEW_SECONDS,
): Promise<Verified<D>> {
  const header = (name: string): string | undefined => single(request.headers, name);
  if (request.path.includes("?") || request.path.includes("#")) {
    throw new HubError("SIGNATURE_INVALID", "A signed request has no query.", { field: "@path" });
  }
  const { label, list } = readInput(header("signature-input"));
  const signature = readSignature(header("signature"), label);
  const components = readComponents(list);
  const { created, keyid } = readParameters(list);
  if (created < nowSeconds - windowSeconds) throw new HubError("SIGNATURE_EXPIRED");
  if (created > nowSeconds + skewSeconds) throw new HubError("CLOCK_SKEW");

  const digest = header("content-digest");
  if (digest === undefined) throw new HubError("DIGEST_MISSING");
  const contentType = header("content-type");
  if (contentType === undefined) throw new HubError("CONTENT_TYPE");
  const values = {
    "@method": request.method,
    "@path": request.path,
    "content-type": contentType.trim(),
    "content-digest": digest.trim(),
  };
  const base = signatureBase(components, values, serializeInnerList(list));

  const device = await lookup(keyid);
  if (device === undefined) throw new HubError("DEVICE_UNKNOWN");
  if (device.publicKey.asymmetricKeyType !== ALGORITHM || !verifyBytes(null, base, device.publicKey, signature)) {
    throw new HubError("SIGNATURE_INVALID");
  }
  verifyDigest(digest, request.body);
  return { device, keyid, created };
}

type Component = (typeof COMPONENTS)[number];

/** RFC 9421 §2.5: one line for each component, then the parameters; lines are joined by line feeds. */
export function signatureBase(
  order: readonly string[],
  values: Readonly<Record<string, string>>,
  parameters: string,
): Buffer {
  const lines = order.map((name) => `"${name}": ${values[name] ?? ""}`);
  return Buffer.from([...lines, `"@signature-params": ${parameters}`].join("\n"), "utf8");
}

function single(headers: ReceivedRequest["headers"], name: string): string | undefined {
  const value = headers[name];
  if (value === undefined || typeof value === "string") return value;
  throw new HubError("SIGNATURE_INVALID", "A header that is signed stands once.", { field: name });
}

function readInput(header: string | undefined): { label: string; list: InnerList } {
  if (header === undefined || header === "") throw new HubError("SIGNATURE_MISSING");
  const [first, ...others] = parse(header, "signature-input");
  if (first === undefined) throw new HubError("SIGNATURE_MISSING");
  if (others.length > 0) throw invalid("signature-input", "one signature with one label");
  const [label, list] = first;
  if (!Array.isArray(list[0])) throw invalid("signature-input", "a list of components with parameters");
  return { label, list: list as InnerList };
}

function readSignature(header: string | undefined, label: string): Buffer {
  if (header === undefined || header === "") throw new HubError("SIGNATURE_MISSING");
  const [first, ...others] = parse(header, "signature");
  if (first === undefined || others.length > 0 || first[0] !== label) {
    throw invalid("signature", "one signature, under the label of signature-input");
  }
  const [value, parameters] = first[1];
  if (!(value instanceof ArrayBuffer) || value.byteLength !== 64 || parameters.size > 0) {
    throw invalid("signature", "64 bytes as a byte sequence (:base64:)");
  }
  return Buffer.from(value);
}

function parse(header: string, field: string) {
  try {
    return [...parseDictionary(header)];
  } catch (cause) {
    throw new HubError("SIGNATURE_INVALID", "A signature header cannot be read.", {
      field,
      rule: "a dictionary of RFC 8941",
      fix: "build it as docs/wire.md shows",
      cause,
    });
  }
}

function readComponents([items]: InnerList): Component[] {
  const names = items.map(([name, parameters]) => (parameters.size === 0 ? name : undefined));
  const exact = names.length === COMPONENTS.length && COMPONENTS.every((name) => names.includes(name));
  if (!exact) throw invalid("signature-input", `exactly the components ${COMPONENTS.join(", ")}`);
  return names as Component[];
}

function readParameters([, parameters]: InnerList): { created: number; keyid: string } {
  const [created, keyid, algorithm] = PARAMETERS.map((name) => parameters.get(name));
  if (
    parameters.size !== PARAMETERS.length ||
    typeof created !== "number" ||
    !Number.isSafeInteger(created) ||
    typeof keyid !== "string" ||
    algorithm !== ALGORITHM
  ) {
    throw invalid("signature-input", 'exactly the parameters created, keyid and alg="ed25519"');
  }
  return { created, keyid };
}

function invalid(field: string, rule: string): HubError {
  return new HubError("SIGNATURE_INVALID", "The signature is not of the form asked for.", {
    field,
    rule,
    fix: "build it as docs/wire.md shows",
  });
}
