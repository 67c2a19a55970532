/**
 * A small memory of things that do not change: at most `most` of them, each for at most `forMs`. The oldest goes first.
 * @param forMs how long a change by an operator's own hand may stay unseen
 */
export function remembered<Value>(most: number, forMs: number) {
  const entries = new Map<string, { value: Value; until: number }>();
  return {
    get(key: string, now: number): Value | undefined {
      const entry = entries.get(key);
      return entry !== undefined && now < entry.until ? entry.value : undefined;
    },
    set(key: string, value: Value, now: number): void {
      entries.delete(key);
      entries.set(key, { value, until: now + forMs });
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    },
    forget: (key: string): boolean => entries.delete(key),
  };
}
