import { useLingui } from "@lingui/react/macro";
import { type PointerEvent, useId, useMemo, useState } from "react";
import { textWidth } from "../map/declutter.ts";
import { useLanguage } from "../text/i18n.tsx";
import type { Language } from "../text/language.ts";
import { formatInterval, formatNumber } from "../text/number.ts";
import { formatClock, formatDay, formatMonth, formatWindow } from "../text/time.ts";
import { Interval } from "../ui/Interval.tsx";
import { useSize } from "../ui/useSize.ts";
import { withheldWord } from "../ui/words.ts";
import { bandPath, gapsOf, linePath, runsOf, type SeriesPoint, withheldWindows } from "./band.ts";
import styles from "./SeriesChart.module.css";
import { bucketAt, linear, timeTicks, valueTicks } from "./scale.ts";

type SeriesChartProps = {
  /** What is shown, for those who hear it. */
  label: string;
  points: readonly SeriesPoint[];
  from: number;
  to: number;
  timeZone: string;
  /** Half width of the 95 % interval of one value, used where a point does not bring its own. */
  halfWidth: number;
  unit: string;
  /** What a window without an entry means, where that is not "no release". */
  gapWord?: string;
};

const HEIGHT = 240;
const MARGIN = { top: 12, right: 8, bottom: 26, left: 46 };
const TICK_SIZE = 12;
const DAY = 86_400_000;

/**
 * A released series: step line, 95 % band, hatch where a value is withheld, dashes where there is none. One slider walks
 * through the buckets and says window, value and interval; the pointer does the same.
 */
export function SeriesChart({ label, points, from, to, timeZone, halfWidth, unit, gapWord }: SeriesChartProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const clip = useId();
  const [ref, { width }] = useSize<HTMLDivElement>();
  const [chosen, setChosen] = useState<number>();
  const selected = Math.min(chosen ?? lastKnown(points), points.length - 1);
  const point = points[selected];

  const plot = useMemo(
    () => layout(points, from, to, timeZone, Math.max(width, 240)),
    [points, from, to, timeZone, width],
  );
  const widthOf = (at: SeriesPoint): number =>
    at.value !== null && at.value > 0 && at.upper !== null ? at.upper - at.value : halfWidth;
  const named = (at: SeriesPoint): string => formatWindow(at.start, at.end, language, timeZone, to - from > DAY);
  const spoken = (at: SeriesPoint): string => {
    const window = named(at);
    if (at.value === null) return `${window}, ${t`withheld: ${t(withheldWord(at.withheld ?? ""))}`}`;
    return `${window}, ${formatInterval(at.value, widthOf(at))} ${unit}`;
  };
  const reason = point?.withheld ? t`withheld: ${t(withheldWord(point.withheld))}` : null;
  const move = (event: PointerEvent<SVGSVGElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setChosen(bucketAt(points, plot.instantAt(x)));
  };

  return (
    <div className={styles.chart}>
      <div className={styles.readout}>
        {point ? (
          <>
            <span className={styles.window}>{named(point)}</span>
            <Interval value={point.value} halfWidth={widthOf(point)} withheld={point.withheld} unit={unit} />
          </>
        ) : (
          <span className="quiet">{t`Nothing was released in this period.`}</span>
        )}
      </div>
      <div ref={ref} className={styles.plot}>
        {points.length > 0 && (
          <input
            type="range"
            className={styles.slider}
            aria-label={label}
            aria-valuetext={point ? spoken(point) : ""}
            min={0}
            max={points.length - 1}
            value={selected}
            onChange={(event) => setChosen(Number(event.target.value))}
          />
        )}
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${plot.width} ${HEIGHT}`}
          className={styles.svg}
          onPointerMove={move}
          onPointerDown={move}
          onPointerLeave={() => setChosen(undefined)}
        >
          <clipPath id={clip}>
            <rect x={MARGIN.left} y={0} width={plot.width - MARGIN.left - MARGIN.right} height={HEIGHT} />
          </clipPath>
          <pattern id={`${clip}h`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0,0V6" className={styles.hatch} />
          </pattern>
          <Axes plot={plot} language={language} timeZone={timeZone} />
          <g clipPath={`url(#${clip})`}>
            {plot.withheld.map(({ x, width: span, key }) => (
              <rect
                key={key}
                x={x}
                width={span}
                y={MARGIN.top}
                height={plot.base - MARGIN.top}
                fill={`url(#${clip}h)`}
                className={styles.withheld}
              />
            ))}
            {plot.gaps.map(({ x, width: span, key }) => (
              <path key={key} d={`M${x},${plot.base}h${span}`} className={styles.gap} />
            ))}
            {plot.runs.map((run) => (
              <g key={run.key}>
                <path d={run.band} className={styles.band} data-part="band" />
                <path d={run.line} className={styles.line} data-part="line" />
              </g>
            ))}
            {point && chosen !== undefined && (
              <rect
                x={plot.x(point.start)}
                width={Math.max(1.5, plot.x(point.end) - plot.x(point.start))}
                y={MARGIN.top}
                height={plot.base - MARGIN.top}
                className={styles.cursor}
              />
            )}
            {plot.isEmpty && reason && (
              <text
                x={(MARGIN.left + plot.width - MARGIN.right) / 2}
                y={(MARGIN.top + plot.base) / 2}
                textAnchor="middle"
                className={styles.reason}
              >
                {reason}
              </text>
            )}
            {point?.value != null && (
              <circle
                cx={(plot.x(point.start) + plot.x(point.end)) / 2}
                cy={plot.y(point.value)}
                r={4}
                className={styles.dot}
              />
            )}
          </g>
        </svg>
      </div>
      <ChartLegend withheld={plot.withheld.length > 0} gaps={plot.gaps.length > 0} gapWord={gapWord} />
    </div>
  );
}

function lastKnown(points: readonly SeriesPoint[]): number {
  const index = points.findLastIndex((point) => point.value !== null);
  return index === -1 ? points.length - 1 : index;
}

type Plot = ReturnType<typeof layout>;

function layout(points: readonly SeriesPoint[], from: number, to: number, timeZone: string, width: number) {
  const base = HEIGHT - MARGIN.bottom;
  const range = [MARGIN.left, width - MARGIN.right] as const;
  const greatest = Math.max(0, ...points.map(({ upper, value }) => upper ?? value ?? 0));
  const { top, ticks } = valueTicks(greatest, 4);
  const isEmpty = points.every(({ value }) => value === null);
  const x = linear([from, to], range);
  const y = linear([0, top], [base, MARGIN.top]);
  const span = ({ start, end }: { start: number; end: number }) => ({
    key: start,
    x: x(start),
    width: Math.max(1, x(end) - x(start)),
  });
  return {
    width,
    base,
    x,
    y,
    instantAt: linear(range, [from, to]),
    values: isEmpty ? [0] : ticks,
    isEmpty,
    times: timeTicks(from, to, width < 560 ? 5 : 9, timeZone),
    runs: runsOf(points).map((run) => ({ key: run[0]?.at ?? 0, band: bandPath(run, x, y), line: linePath(run, x, y) })),
    withheld: withheldWindows(points).map(span),
    gaps: gapsOf(points, from, to).map(span),
  };
}

function Axes({ plot, language, timeZone }: { plot: Plot; language: Language; timeZone: string }) {
  const { at, step } = plot.times;
  const name = (instant: number): string => {
    if (step >= 28 * DAY) return formatMonth(instant, language, timeZone);
    if (step >= DAY) return formatDay(instant, language, timeZone).replace(/\s*\(.\)|^\p{L}{3},? /u, "");
    const clock = formatClock(instant, language, timeZone);
    return clock === "00:00" ? formatDay(instant, language, timeZone).replace(/\s*\(.\)|^\p{L}{3},? /u, "") : clock;
  };
  return (
    <g>
      {plot.values.map((value) => (
        <g key={value} transform={`translate(0,${plot.y(value)})`}>
          <path
            d={`M${MARGIN.left},0H${plot.width - MARGIN.right}`}
            className={value === 0 ? styles.zero : styles.grid}
          />
          {!plot.isEmpty && (
            <text x={MARGIN.left - 8} y={4} textAnchor="end" className={styles.tick}>
              {formatNumber(value)}
            </text>
          )}
        </g>
      ))}
      {at.map((instant) => (
        <g key={instant} transform={`translate(${plot.x(instant)},${plot.base})`}>
          <path d="M0,0V5" className={styles.zero} />
          <text y={19} textAnchor={sideOf(plot.x(instant), name(instant), plot.width)} className={styles.tick}>
            {name(instant)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** A name at the edge of the chart stands beside its tick, so that it is not cut off. */
function sideOf(x: number, name: string, width: number): "start" | "middle" | "end" {
  const half = textWidth(name, TICK_SIZE) / 2;
  if (x + half > width) return "end";
  return x - half < 0 ? "start" : "middle";
}

type LegendProps = { withheld: boolean; gaps: boolean; gapWord: string | undefined };

function ChartLegend({ withheld, gaps, gapWord }: LegendProps) {
  const { t } = useLingui();
  return (
    <ul className={styles.legend}>
      <li>
        <svg viewBox="0 0 22 12" width="22" height="12" aria-hidden="true">
          <path d="M0,1H22V11H0Z" className={styles.band} />
          <path d="M0,6H22" className={styles.line} />
        </svg>
        {t`value and 95 % interval (noise only)`}
      </li>
      {withheld && (
        <li>
          <span className={styles.hatchSwatch} aria-hidden="true" />
          {t`withheld`}
        </li>
      )}
      {gaps && (
        <li>
          <svg viewBox="0 0 22 12" width="22" height="12" aria-hidden="true">
            <path d="M0,6H22" className={styles.gap} />
          </svg>
          {gapWord ?? t`no release`}
        </li>
      )}
    </ul>
  );
}
