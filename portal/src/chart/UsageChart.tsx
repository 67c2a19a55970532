import { useLingui } from "@lingui/react/macro";
import { useLanguage } from "../text/i18n.tsx";
import { formatNumber } from "../text/number.ts";
import { formatDay } from "../text/time.ts";
import { TableTwin } from "../ui/TableTwin.tsx";
import { useSize } from "../ui/useSize.ts";
import { linear, valueTicks } from "./scale.ts";
import styles from "./UsageChart.module.css";

/** Units of use of one local day; the instant is its beginning. */
export type DayOfUse = { readonly at: number; readonly units: number };

type UsageChartProps = {
  used: number;
  quota: number;
  days: readonly DayOfUse[];
  timeZone: string;
};

/** At these shares of the quota the hub tells the licence's people. */
const THRESHOLDS = [50, 80, 100];
const HEIGHT = 160;
const MARGIN = { top: 8, right: 8, bottom: 24, left: 52 };

/** A month's use against its quota, with the thresholds marked, and by day; the same as a table. */
export function UsageChart({ used, quota, days, timeZone }: UsageChartProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const percent = quota === 0 ? 0 : (100 * used) / quota;
  const spoken = t`${formatNumber(used)} of ${formatNumber(quota)} units, ${formatNumber(percent, 1)} %`;
  const day = (at: number): string => formatDay(at, language, timeZone);
  return (
    <div className={styles.usage}>
      <div className={styles.meter}>
        <p>{spoken}</p>
        <div className={styles.track}>
          <svg className={styles.bar} aria-hidden="true">
            <rect
              width={`${Math.min(100, percent).toFixed(2)}%`}
              height="100%"
              className={percent >= 100 ? styles.over : styles.used}
            />
            {THRESHOLDS.slice(0, -1).map((mark) => (
              <line key={mark} x1={`${mark}%`} x2={`${mark}%`} y1="0" y2="16" className={styles.mark} />
            ))}
          </svg>
        </div>
        <svg className={styles.marks} aria-hidden="true">
          {THRESHOLDS.map((mark) => (
            <text key={mark} x={`${mark}%`} y="13" textAnchor={mark === 100 ? "end" : "middle"}>
              {mark} %
            </text>
          ))}
        </svg>
      </div>
      {days.length > 0 && <Days days={days} dayOf={day} />}
      <TableTwin summary={t`Usage as a table`}>
        <table>
          <caption>{t`Units of use of this month by day`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Day`}</th>
              <th scope="col" data-number>{t`Units`}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ at, units }) => (
              <tr key={at}>
                <th scope="row">{day(at)}</th>
                <td data-number>{formatNumber(units)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableTwin>
    </div>
  );
}

function Days({ days, dayOf }: { days: readonly DayOfUse[]; dayOf: (at: number) => string }) {
  const [ref, { width }] = useSize<HTMLDivElement>();
  const wide = Math.max(width, 240);
  const { top, ticks } = valueTicks(Math.max(...days.map(({ units }) => units)), 3);
  const base = HEIGHT - MARGIN.bottom;
  const x = linear([0, days.length], [MARGIN.left, wide - MARGIN.right]);
  const y = linear([0, top], [base, MARGIN.top]);
  const last = days.length - 1;
  return (
    <div ref={ref}>
      <svg viewBox={`0 0 ${wide} ${HEIGHT}`} className={styles.days} aria-hidden="true">
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={MARGIN.left}
              x2={wide - MARGIN.right}
              y1={y(tick)}
              y2={y(tick)}
              className={tick === 0 ? styles.base : styles.grid}
            />
            <text x={MARGIN.left - 6} y={y(tick) + 4} textAnchor="end" className={styles.tick}>
              {formatNumber(tick)}
            </text>
          </g>
        ))}
        {days.map(({ at, units }, index) => (
          <rect
            key={at}
            x={x(index) + 1}
            width={Math.min(28, Math.max(1, x(1) - x(0) - 2))}
            y={y(units)}
            height={base - y(units)}
            className={styles.day}
          />
        ))}
        {[...new Set([0, last])].map((index) => {
          const one = days[index];
          return (
            one && (
              <text
                key={index}
                x={index === 0 ? x(0) : x(last + 1)}
                y={HEIGHT - 6}
                textAnchor={index === 0 ? "start" : "end"}
                className={styles.tick}
              >
                {dayOf(one.at)}
              </text>
            )
          );
        })}
      </svg>
    </div>
  );
}
