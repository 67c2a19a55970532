import { QueryClient } from "@tanstack/react-query";
import { createStore, entries, set } from "idb-keyval";

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
