/**
 * A memory of what holds for one version of all access: at the next version everything is forgotten. While no version is
 * confirmed nothing is remembered, and `last` alone tells what held before: good for nothing but what is open to everyone.
 * @param most entries at most; the oldest goes first
 */
export function byVersion<Value>(most: number, version: () => number | null) {
  const entries = new Map<string, Value>();
  let of: number | null = null;
  const current = (): number | null => {
    const now = version();
    if (now !== null && now !== of) {
      entries.clear();
      of = now;
    }
    return now;
  };
  return {
    get: (key: string): Value | undefined => (current() === null ? undefined : entries.get(key)),
    last: (key: string): Value | undefined => (current() === null ? entries.get(key) : undefined),
    /** @param asked the version when the value was asked for: what was asked under an older one may be old itself */
    set(key: string, value: Value, asked: number | null): void {
      if (asked === null || current() !== asked) return;
      entries.delete(key);
      entries.set(key, value);
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    },
  };
}
