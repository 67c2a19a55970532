import { useLingui } from "@lingui/react/macro";
import type { Level } from "../generated/graphql.ts";
import styles from "./Stage.module.css";
import { LEVEL_WORD } from "./words.ts";

/** How much of the circle is filled: ○ ◔ ◑ ●. */
const FILLED: Readonly<Record<Level, string>> = {
  NORMAL: "",
  CAUTION: "M0,0V-6A6,6 0 0 1 6,0Z",
  ALERT: "M0,-6A6,6 0 0 1 0,6Z",
  SERIOUS: "M0,-6A6,6 0 1 1 0,6A6,6 0 1 1 0,-6Z",
};

/** The stage's shape, 16 by 16 around the origin: for use inside an SVG. */
export function StageShape({ level }: { level: Level }) {
  return (
    <g className={styles[level]}>
      <circle r={7} className={styles.ring} />
      <path d={FILLED[level]} className={styles.fill} />
    </g>
  );
}

/** Shape and word of a stage, in a line of text. */
export function Stage({ level }: { level: Level }) {
  const { t } = useLingui();
  return (
    <span className={`${styles.stage} ${styles[level]}`}>
      <svg viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">
        <StageShape level={level} />
      </svg>
      <span className={styles.word}>{t(LEVEL_WORD[level])}</span>
    </span>
  );
}
