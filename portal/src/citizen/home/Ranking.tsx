import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../text/i18n.tsx";
import { Interval } from "../../ui/Interval.tsx";
import { Stage } from "../../ui/Stage.tsx";
import { type Crowd, placesByDensity, type Shape } from "./city.ts";
import styles from "./Ranking.module.css";

/** The counted places, the densest first, each with its stage and its value. */
export function Ranking({ crowd, shape }: { crowd: Crowd; shape: Shape }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const places = placesByDensity(crowd, shape);
  return (
    <div>
      <h3 className={styles.title}>{t`Places, the most crowded first`}</h3>
      <ol className={styles.list}>
        {places.map(({ zone, place }) => (
          <li key={zone.slug} className={styles.place} data-withheld={place.value === null}>
            <Link to="/zones/$slug" params={{ slug: zone.slug }} className={styles.name}>
              {zone.name[language]}
            </Link>
            <span className={styles.stage}>{place.level && <Stage level={place.level} />}</span>
            <span className={styles.value}>
              <Interval
                value={place.value}
                halfWidth={place.halfWidth95}
                withheld={place.withheld?.reason ?? null}
                unit={t`persons`}
              />
            </span>
            {place.density !== null && place.densityHalfWidth95 !== null && (
              <span className={styles.density}>
                <Interval
                  value={place.density}
                  halfWidth={place.densityHalfWidth95}
                  withheld={null}
                  digits={2}
                  unit={t`persons/m²`}
                />
              </span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
