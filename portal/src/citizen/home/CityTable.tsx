import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../text/i18n.tsx";
import { formatNumber } from "../../text/number.ts";
import { formatWindow } from "../../text/time.ts";
import { Interval } from "../../ui/Interval.tsx";
import { Stage } from "../../ui/Stage.tsx";
import { TableTwin } from "../../ui/TableTwin.tsx";
import { INCIDENT_WORD } from "../../ui/words.ts";
import { type City, placesByDensity, type Shape } from "./city.ts";

type TableProps = { now: City; shape: Shape };

/** The map as tables: places, bike stations, incidents. */
export function CityTable({ now, shape }: TableProps) {
  const { t } = useLingui();
  return (
    <TableTwin summary={t`The map as a table`}>
      <Places now={now} shape={shape} />
      <Stations now={now} />
      <Incidents now={now} />
    </TableTwin>
  );
}

function Places({ now, shape }: TableProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const places = now.crowd ? placesByDensity(now.crowd, shape) : [];
  return (
    <table>
      <caption>{t`Places, the most crowded first`}</caption>
      <thead>
        <tr>
          <th scope="col">{t`Place`}</th>
          <th scope="col">{t`Stage`}</th>
          <th scope="col" data-number>{t`Persons`}</th>
          <th scope="col" data-number>{t`Persons/m²`}</th>
          <th scope="col">{t`Window`}</th>
        </tr>
      </thead>
      <tbody>
        {places.map(({ zone, place: crowd }) => (
          <tr key={zone.slug}>
            <th scope="row">
              <Link to="/zones/$slug" params={{ slug: zone.slug }}>
                {zone.name[language]}
              </Link>
            </th>
            <td>{crowd?.level ? <Stage level={crowd.level} /> : <span className="quiet">{t`no stage`}</span>}</td>
            <td data-number>
              {crowd ? (
                <Interval value={crowd.value} halfWidth={crowd.halfWidth95} withheld={crowd.withheld?.reason ?? null} />
              ) : (
                <span className="quiet">{t`not measured`}</span>
              )}
            </td>
            <td data-number>
              {crowd?.density != null && crowd.densityHalfWidth95 !== null && (
                <Interval value={crowd.density} halfWidth={crowd.densityHalfWidth95} withheld={null} digits={2} />
              )}
            </td>
            <td>
              {crowd &&
                formatWindow(Date.parse(crowd.window.from), Date.parse(crowd.window.to), language, now.timeZone)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Stations({ now }: Pick<TableProps, "now">) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const stations = now.stations?.nodes ?? [];
  if (stations.length === 0) return null;
  return (
    <table>
      <caption>{t`Shared bikes: counts of things, exact`}</caption>
      <thead>
        <tr>
          <th scope="col">{t`Station`}</th>
          <th scope="col" data-number>{t`Bikes`}</th>
          <th scope="col" data-number>{t`Free docks`}</th>
        </tr>
      </thead>
      <tbody>
        {stations.map(({ slug, name, availability }) => (
          <tr key={slug}>
            <th scope="row">{name[language]}</th>
            <td data-number>{availability ? formatNumber(availability.vehicles) : t`unknown`}</td>
            <td data-number>{availability ? formatNumber(availability.docks) : t`unknown`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Incidents({ now }: Pick<TableProps, "now">) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const incidents = now.incidents?.nodes ?? [];
  if (incidents.length === 0) return null;
  return (
    <table>
      <caption>{t`Open incidents`}</caption>
      <thead>
        <tr>
          <th scope="col">{t`What`}</th>
          <th scope="col">{t`Kind`}</th>
          <th scope="col">{t`Where`}</th>
        </tr>
      </thead>
      <tbody>
        {incidents.map(({ id, title, kind, zone }) => (
          <tr key={id}>
            <th scope="row">{title[language]}</th>
            <td>{t(INCIDENT_WORD[kind])}</td>
            <td>{zone?.name[language]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
