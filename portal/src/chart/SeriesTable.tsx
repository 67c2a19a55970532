import { Plural, useLingui } from "@lingui/react/macro";
import { useLanguage } from "../text/i18n.tsx";
import { formatMoment, formatWindow } from "../text/time.ts";
import { Interval } from "../ui/Interval.tsx";
import { TableTwin } from "../ui/TableTwin.tsx";
import type { SeriesPoint } from "./band.ts";

/** Rows the page shows; the whole series is in the download. */
const SHOWN = 48;
const DAY = 86_400_000;

type SeriesTableProps = {
  caption: string;
  points: readonly SeriesPoint[];
  halfWidth: number;
  unit: string;
  timeZone: string;
};

/** The same series as the chart, newest first, as a table. */
export function SeriesTable({ caption, points, halfWidth, unit, timeZone }: SeriesTableProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const rows = points.slice(-SHOWN).reverse();
  const rest = points.length - rows.length;
  return (
    <TableTwin summary={t`The same as a table`}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t`Window`}</th>
            <th scope="col" data-number>
              {t`Value, ${unit}`}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ start, end, value, withheld }) => (
            <tr key={start}>
              <th scope="row">
                {end - start < DAY / 2
                  ? `${formatMoment(start, language, timeZone)}–${formatWindow(start, end, language, timeZone).split("–")[1]}`
                  : formatWindow(start, end, language, timeZone)}
              </th>
              <td data-number>
                <Interval value={value} halfWidth={halfWidth} withheld={withheld} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <p className="quiet small">
          <Plural value={rest} one="# earlier row is in the download." other="# earlier rows are in the download." />
        </p>
      )}
    </TableTwin>
  );
}
