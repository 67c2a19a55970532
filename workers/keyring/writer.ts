import type { KeyEvent, KeyRecord } from "../../core/privacy/key-record.ts";
import { type KeyStore, nameOf, type PopulationDay } from "./store.ts";

/** What a group of requests makes of the store, before it is committed. */
export type Draft = {
  /** Whether the day's keys live, with what the draft changes. */
  lives(of: PopulationDay): boolean;
  /** What was told of a day, with what the draft tells. */
  told(of: PopulationDay, kind: KeyEvent["kind"]): boolean;
  create(of: PopulationDay): void;
  destroy(of: PopulationDay): void;
  note(event: KeyEvent): void;
  rotate(): void;
};

type Waiting = {
  apply: (draft: Draft) => void;
  done: (added: readonly KeyRecord[]) => void;
  failed: (e: unknown) => void;
};

/**
 * Commits requests one group after the other: what comes while a commit runs goes into the next one together. A request
 * is answered when it is durable, with all records of its group; one that throws changes nothing and holds up no other.
 */
export function createWriter(store: KeyStore) {
  const queue: Waiting[] = [];
  let saving = false;

  async function pump(): Promise<void> {
    if (saving) return;
    saving = true;
    while (queue.length > 0) await saveAll(queue.splice(0));
    saving = false;
  }

  async function saveAll(group: readonly Waiting[]): Promise<void> {
    const { draft, change } = createDraft(store);
    const accepted = group.filter(({ apply, failed }) => {
      try {
        apply(draft);
        return true;
      } catch (error) {
        failed(error);
        return false;
      }
    });
    try {
      const known = store.records.length;
      if (change.events.length + change.destroy.length > 0 || change.newSigningKey) await store.commit(change);
      const added = store.records.slice(known);
      for (const { done } of accepted) done(added);
    } catch (error) {
      for (const { failed } of accepted) failed(error);
    }
  }

  /** @param apply makes its changes to the draft, or throws before it has made any */
  return (apply: (draft: Draft) => void): Promise<readonly KeyRecord[]> =>
    new Promise((resolve, reject) => {
      queue.push({ apply, done: resolve, failed: reject });
      void pump();
    });
}

function createDraft(store: KeyStore) {
  const change = {
    create: [] as PopulationDay[],
    destroy: [] as PopulationDay[],
    events: [] as KeyEvent[],
    newSigningKey: false,
  };
  const living = new Set(store.days.map(nameOf));
  const isOf = (of: PopulationDay, kind: KeyEvent["kind"]) => (event: KeyEvent) =>
    event.kind === kind && event.kind !== "SIGNING_KEY" && nameOf(event) === nameOf(of);
  const draft: Draft = {
    lives: (of) => living.has(nameOf(of)),
    told: (of, kind) => store.records.some(isOf(of, kind)) || change.events.some(isOf(of, kind)),
    create(of) {
      change.create.push(of);
      living.add(nameOf(of));
    },
    destroy(of) {
      // Made and destroyed within one group: it never was.
      change.create = change.create.filter((one) => nameOf(one) !== nameOf(of));
      change.destroy.push(of);
      living.delete(nameOf(of));
    },
    note: (event) => void change.events.push(event),
    rotate: () => {
      change.newSigningKey = true;
    },
  };
  return { draft, change };
}
