import { useLingui } from "@lingui/react/macro";
import type { LicenceState } from "../generated/graphql.ts";
import styles from "./Badge.module.css";
import { STATE_WORD, STEWARD_STATE_WORD } from "./marketWords.ts";

type Tone = "waiting" | "good" | "bad" | "over";

/** Each state has a shape of its own beside its word; the colour only helps. */
const LOOK: Readonly<Record<LicenceState, { tone: Tone; path: string }>> = {
  REQUESTED: { tone: "waiting", path: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM8 4.5V8l2.5 2" },
  INFO_NEEDED: { tone: "waiting", path: "M2 2.5h12v8.5H7.5L4 14v-3H2ZM8 4.7v2.6M8 8.9v.2" },
  APPROVED: { tone: "good", path: "M2.5 8.5l3.5 3.5 7.5-8" },
  ACTIVE: { tone: "good", path: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM5 8.2l2.2 2.2L11 6" },
  SUSPENDED: { tone: "bad", path: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM6.3 5.5v5M9.7 5.5v5" },
  EXPIRED: { tone: "over", path: "M4 2h8M4 14h8M5 2c0 4 6 8 6 12M11 2c0 4-6 8-6 12" },
  REVOKED: { tone: "bad", path: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM3.5 12.5l9-9" },
  REFUSED: { tone: "bad", path: "M3.5 3.5l9 9M12.5 3.5l-9 9" },
  LAPSED: { tone: "over", path: "M3 8h10" },
  WITHDRAWN: { tone: "over", path: "M13 8H3.5M7 4.5L3.5 8 7 11.5" },
};

type BadgeProps = {
  state: LicenceState;
  /** Told to the one who decides, not to the one who asked. */
  asSteward?: boolean;
};

/** The state of a request or licence in shape and word. */
export function StateBadge({ state, asSteward = false }: BadgeProps) {
  const { t } = useLingui();
  const { tone, path } = LOOK[state];
  return (
    <span className={`${styles.badge} ${tone === "over" ? "" : styles[tone]}`}>
      <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
        <path d={path} />
      </svg>
      {t((asSteward ? STEWARD_STATE_WORD : STATE_WORD)[state])}
    </span>
  );
}
