import * as crypto from "node:crypto";
import { promisify } from "node:util";
import { HubError } from "../../core/errors.ts";

/** argon2id with 19 MiB and two passes (OWASP's first choice); scrypt with 32 MiB where Node has no argon2. */
const ARGON = { memory: 19_456, passes: 2, parallelism: 1 };
const SCRYPT = { cost: 15, blockSize: 8, parallelization: 1 };
const BYTES = 32;
/** Each takes a thread and its memory: more at once would only slow each other down. */
const AT_ONCE = 2;
const WAITING = 100;

const argon2 = typeof crypto.argon2 === "function" ? promisify(crypto.argon2) : null;
const scrypt = promisify<crypto.BinaryLike, Buffer, number, crypto.ScryptOptions, Buffer>(crypto.scrypt);

let running = 0;
const queue: (() => void)[] = [];

/** @throws HubError UNAVAILABLE when too many wait already */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (queue.length >= WAITING)
      throw new HubError("UNAVAILABLE", "Too many people sign in just now.", { retryAfter: 5 });
    await new Promise<void>((resolve) => queue.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

type Method = "argon2id" | "scrypt";

function derive(method: Method, password: string, salt: Buffer): Promise<Buffer> {
  // Typed on different keyboards, one password can be different code points (RFC 8265).
  const message = Buffer.from(password.normalize("NFC"), "utf8");
  if (method === "scrypt") {
    const { cost, blockSize, parallelization } = SCRYPT;
    const options = { N: 2 ** cost, r: blockSize, p: parallelization, maxmem: 2 ** 27 };
    return inTurn(() => scrypt(message, salt, BYTES, options));
  }
  if (argon2 === null) throw new TypeError("this Node has no argon2");
  return inTurn(() => argon2("argon2id", { message, nonce: salt, tagLength: BYTES, ...ARGON }));
}

const text = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");
const HEADS: Record<Method, string> = {
  argon2id: `$argon2id$v=19$m=${ARGON.memory},t=${ARGON.passes},p=${ARGON.parallelism}$`,
  scrypt: `$scrypt$ln=${SCRYPT.cost},r=${SCRYPT.blockSize},p=${SCRYPT.parallelization}$`,
};

/** Hashes a password into PHC string format, the salt in it. */
export async function hashPassword(
  password: string,
  method: Method = argon2 === null ? "scrypt" : "argon2id",
): Promise<string> {
  const salt = crypto.randomBytes(16);
  return `${HEADS[method]}${text(salt)}$${text(await derive(method, password, salt))}`;
}

/** A hash of a password that nobody has: what an unknown account is compared with, so that it takes as long. */
const NOBODY = await hashPassword(crypto.randomBytes(24).toString("base64"));

/**
 * Whether the password is the account's; for `null`, no account, the same work is done.
 * @throws TypeError for a hash of another kind or cost than this file makes
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const known = hash ?? NOBODY;
  const method = (Object.keys(HEADS) as Method[]).find((each) => known.startsWith(HEADS[each]));
  if (method === undefined) throw new TypeError("a password hash of an unknown kind");
  const [salt = "", expected = ""] = known.slice(HEADS[method].length).split("$");
  const found = await derive(method, password, Buffer.from(salt, "base64"));
  return crypto.timingSafeEqual(found, Buffer.from(expected, "base64")) && hash !== null;
}

export const PASSWORD = { shortest: 12, longest: 128 } as const;

/** What is wrong with a new password, or null. Length decides (NIST SP 800-63B); no rules of signs and digits. */
export function passwordFault(password: string, email: string): "short" | "long" | "plain" | "email" | null {
  const length = [...password].length;
  if (length < PASSWORD.shortest) return "short";
  if (length > PASSWORD.longest) return "long";
  const lower = password.toLowerCase();
  const [local = ""] = email.toLowerCase().split("@");
  if (lower === email.toLowerCase() || (local.length >= 4 && lower.includes(local))) return "email";
  if (new Set(lower).size < 5 || /^(.{1,6})\1+.{0,5}$/s.test(lower) || SEQUENCES.some((row) => isPart(lower, row)))
    return "plain";
  return null;
}

const SEQUENCES = ["0123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"];
const isPart = (password: string, row: string): boolean =>
  row.includes(password) || [...row].reverse().join("").includes(password);
