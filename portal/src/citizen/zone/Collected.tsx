import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../text/i18n.tsx";
import { formatNumber } from "../../text/number.ts";
import { Facts } from "../../ui/Facts.tsx";
import { BASIS_WORD } from "../../ui/words.ts";
import styles from "./ZonePage.module.css";
import type { Zone } from "./ZonePage.tsx";

/** The card that answers "what is collected here", on what ground, and what becomes of it. */
export function Collected({ zone }: { zone: Zone }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const datasets = [zone.crowd?.dataset, zone.mobility?.dataset].filter((dataset) => dataset != null);
  const { areaSquareMetres } = zone;
  return (
    <section className={styles.card} aria-labelledby="collected">
      <h2 id="collected">{t`What is collected here`}</h2>
      <p>
        <Trans>
          Sensors count tracks of people and vehicles. No image, no sound, no face and no plate enters the hub; what
          arrives is pseudonymised at once and its key is destroyed after the day.
        </Trans>
      </p>
      <Facts
        facts={[
          [t`Ground`, t(BASIS_WORD[zone.collectionBasis])],
          [t`Public area`, areaSquareMetres != null && `${formatNumber(areaSquareMetres)} m²`],
        ]}
      />
      {datasets.length > 0 && (
        <>
          <h3>{t`What is published of it`}</h3>
          <ul className={styles.list}>
            {datasets.map(({ slug, title, unit }) => (
              <li key={slug}>
                <Link to="/datasets/$slug" params={{ slug }}>
                  {title[language]}
                </Link>
                {unit && (
                  <>
                    <br />
                    <span className="quiet small">
                      <Trans>one count is {unit[language]}</Trans>
                    </span>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="small">
        <Link to="/privacy">{t`What the hub promises`}</Link>
      </p>
    </section>
  );
}
