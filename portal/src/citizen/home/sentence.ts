import type { Level } from "../../generated/graphql.ts";
import type { Language, LocalText } from "../../text/language.ts";
import { attach } from "../../text/particles.ts";

type Counted = {
  readonly counts: readonly { readonly level: Level; readonly count: number }[];
  readonly busiest: {
    readonly value: number | null;
    readonly halfWidth95: number;
    readonly zone: { readonly name: LocalText };
  } | null;
};

/**
 * What the first sentence needs: who is busiest (with the Korean subject particle), how many places are crowded. The city
 * is quiet when not even the busiest place stands out of its own interval: then no name is given.
 */
export type Situation =
  | { readonly kind: "silent" }
  | { readonly kind: "quiet" }
  | { readonly kind: "calm" | "crowded"; readonly subject: string; readonly crowded: number; readonly total: number };

/** A place is crowded from CAUTION upward. */
const CROWDED: ReadonlySet<Level> = new Set(["CAUTION", "ALERT", "SERIOUS"]);

export function situationOf({ counts, busiest }: Counted, language: Language): Situation {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (!busiest || total === 0) return { kind: "silent" };
  const crowded = counts.reduce((sum, { level, count }) => sum + (CROWDED.has(level) ? count : 0), 0);
  if (crowded === 0 && (busiest.value ?? 0) <= busiest.halfWidth95) return { kind: "quiet" };
  const name = busiest.zone.name[language];
  const subject = language === "ko" ? attach(name, "이/가") : name;
  return { kind: crowded === 0 ? "calm" : "crowded", subject, crowded, total };
}
