/** What a connection says of the page that it answered. */
export type PageInfo = {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
};

/** Which page of a list is asked for: the cursor after or before which it begins. */
export type Cursor = { readonly after?: string; readonly before?: string };

/** The arguments of a connection for one page. */
export function pageOf({ after, before }: Cursor, size: number) {
  return before === undefined
    ? { first: size, after: after ?? null, last: null, before: null }
    : { first: null, after: null, last: size, before };
}
