import { QueryClient } from "@tanstack/react-query";
import { createStore, entries, set } from "idb-keyval";
import { currentSession, onSession } from "../identity/session.ts";
import { PRIVATE } from "./act.ts";

/** Answers older than this are not shown again after a reload: a city of last week is not "last known". */
const KEEP = 7 * 86_400_000;

type Kept = { readonly key: readonly unknown[]; readonly data: unknown; readonly at: number };

/** The query client: asks at once whatever the browser thinks of its connection, and tries twice. */
export function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: "always", retry: 1, retryDelay: 800, staleTime: 20_000, gcTime: 30 * 60_000 },
    },
  });
}

/**
 * Forgets private answers when somebody else, or nobody, is signed in, and asks anew for what may be finer now. An ended
 * session keeps what is on the page: the same person may come back to a half-filled form.
 */
export function followSession(client: QueryClient): void {
  let known = currentSession();
  onSession(() => {
    const before = known;
    known = currentSession();
    if (known.state === "RESTORING" || known.state === "EXPIRED") return;
    if (known.subject !== before.subject) client.removeQueries({ queryKey: [PRIVATE] });
    if (known.state !== before.state) void client.invalidateQueries();
  });
}

/**
 * Keeps the answers of queries marked `meta.keep` in IndexedDB and puts them back after a reload, so that the last known
 * city is there without a connection. A browser that refuses storage only loses this comfort.
 */
export async function keepLastKnown(client: QueryClient): Promise<void> {
  try {
    const store = createStore("madang", "answers");
    client.getQueryCache().subscribe(({ type, query }) => {
      if (type !== "updated" || query.state.status !== "success" || !query.meta?.["keep"]) return;
      const kept: Kept = { key: query.queryKey, data: query.state.data, at: query.state.dataUpdatedAt };
      void set(query.queryHash, kept, store).catch(() => undefined);
    });
    for (const [, kept] of await entries<string, Kept>(store)) {
      if (Date.now() - kept.at > KEEP || client.getQueryData(kept.key) !== undefined) continue;
      client.setQueryData(kept.key, kept.data, { updatedAt: kept.at });
    }
  } catch {
    // private windows may refuse IndexedDB
  }
}
