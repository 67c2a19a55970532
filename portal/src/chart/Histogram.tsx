import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useLanguage } from "../text/i18n.tsx";
import { formatWindow } from "../text/time.ts";
import { Interval } from "../ui/Interval.tsx";
import type { BinBar, BinWindow } from "./bins.ts";
import styles from "./Histogram.module.css";

type HistogramProps = {
  /** What is shown, for those who hear it. */
  label: string;
  windows: readonly BinWindow[];
  /** ± of one value. */
  halfWidth: number;
  timeZone: string;
  wordOf: (category: string) => string;
};

/** The histogram of one window, with the interval of each bar; a slider walks through the windows, newest first shown. */
export function Histogram({ label, windows, halfWidth, timeZone, wordOf }: HistogramProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [chosen, setChosen] = useState<number>();
  const at = Math.min(chosen ?? windows.length - 1, windows.length - 1);
  const window = windows[at];
  if (window === undefined) return null;
  const named = (one: BinWindow): string => formatWindow(one.start, one.end, language, timeZone, true);
  const most = Math.max(1, ...windows.flatMap(({ bars }) => bars.map(({ upper }) => upper ?? 0)));
  return (
    <figure className={styles.histogram} aria-label={label}>
      <figcaption className={styles.head}>
        <span>{named(window)}</span>
        {windows.length > 1 && (
          <input
            type="range"
            className={styles.slider}
            aria-label={t`Window of the distribution`}
            aria-valuetext={named(window)}
            min={0}
            max={windows.length - 1}
            value={at}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
          />
        )}
      </figcaption>
      <ol className={styles.bins}>
        {window.bars.map((bar) => (
          <li key={bar.category} className={styles.bin}>
            <span className={styles.name}>{wordOf(bar.category)}</span>
            <Bar bar={bar} most={most} />
            <span className={styles.value}>
              <Interval value={bar.value} halfWidth={halfWidth} withheld={bar.withheld} />
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

const percent = (share: number): string => `${Math.min(100, Math.max(0, 100 * share)).toFixed(2)}%`;

function Bar({ bar, most }: { bar: BinBar; most: number }) {
  const { value, lower, upper } = bar;
  return (
    <svg className={styles.bar} aria-hidden="true">
      {value === null || lower === null || upper === null ? (
        <rect width="100%" height="100%" className={styles.withheld} />
      ) : (
        <>
          <rect y="4" height="12" width={percent(value / most)} className={styles.fill} />
          <line x1={percent(lower / most)} x2={percent(upper / most)} y1="10" y2="10" className={styles.whisker} />
        </>
      )}
    </svg>
  );
}
