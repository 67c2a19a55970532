import { HubError } from "../core/errors.ts";

/** Keys that are numbers. */
export const NUMBERS = /^\d{1,15}$/;

/** The most entries one page may have. */
export const PAGE_MAX = 100;

/** The arguments of a Relay connection. */
export type PageArguments = {
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
  before?: string | null | undefined;
};

/** A page as SQL asks for it: keys after `after` and before `before`, at most `limit`, from the end when `inverted`. */
export type Page = { after: string | null; before: string | null; limit: number; inverted: boolean };

const encode = (key: string): string => Buffer.from(key).toString("base64url");

function decode(cursor: string | null | undefined, field: "after" | "before", keys: RegExp): string | null {
  if (cursor == null) return null;
  const key = Buffer.from(cursor, "base64url").toString("utf8");
  if (key !== "" && !key.includes("\0") && encode(key) === cursor && keys.test(key)) return key;
  throw new HubError("BAD_USER_INPUT", `\`${field}\` is not a cursor of this list.`, {
    field,
    rule: "a cursor is what pageInfo or an edge answered, unchanged",
    fix: "ask from the beginning without it",
  });
}

/**
 * Checks the arguments of a Relay connection: exactly one of `first` and `last`, 1 to 100.
 * @throws HubError LIMIT_EXCEEDED or BAD_USER_INPUT with the way to reshape
 */
export function checkPage({ first, last }: PageArguments): void {
  if ((first == null) === (last == null)) {
    throw new HubError("BAD_USER_INPUT", "A list asks for exactly one of `first` and `last`.", {
      field: "first",
      rule: "exactly one of first and last",
      fix: `add first: ${PAGE_MAX} and follow pageInfo.endCursor with after`,
    });
  }
  const size = first ?? last ?? 0;
  if (size < 1 || size > PAGE_MAX) {
    throw new HubError("LIMIT_EXCEEDED", `A page has 1 to ${PAGE_MAX} entries.`, {
      field: first == null ? "last" : "first",
      rule: `1 to ${PAGE_MAX}`,
      fix: `ask for ${PAGE_MAX} at most and follow pageInfo.endCursor with after`,
    });
  }
}

/** A page of a Relay connection. */
export type Connection<T> = {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
};

/**
 * Answers a Relay connection from keyset pages: `read` gets one more entry than the page has, in the order of the page
 * (from the end when inverted), and `keyOf` names the unique, sorted key of an entry.
 * @param keys what a key looks like, where the database would refuse another
 * @throws HubError BAD_USER_INPUT, LIMIT_EXCEEDED
 */
export async function connect<T>(
  args: PageArguments,
  keyOf: (entry: T) => string,
  read: (page: Page) => Promise<T[]>,
  keys: RegExp = /^/,
): Promise<Connection<T>> {
  checkPage(args);
  const inverted = args.first == null;
  const size = args.first ?? args.last ?? 0;
  const after = decode(args.after, "after", keys);
  const before = decode(args.before, "before", keys);
  const found = await read({ after, before, limit: size + 1, inverted });
  const entries = found.slice(0, size);
  if (inverted) entries.reverse();
  const edges = entries.map((node) => ({ cursor: encode(keyOf(node)), node }));
  const more = found.length > size;
  return {
    edges,
    pageInfo: {
      hasNextPage: inverted ? before !== null : more,
      hasPreviousPage: inverted ? more : after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
