import { Plural, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../text/i18n.tsx";
import { formatHalfWidth, formatNumber } from "../../text/number.ts";
import { Facts } from "../../ui/Facts.tsx";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";

type CardProps = { dataset: Dataset; card: NonNullable<Dataset["privacyCard"]> };

/** What the noise protects and what it does not: the cost for a person first. */
export function PrivacyCard({ dataset, card }: CardProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { plan } = dataset;
  const epsilon = (value: number): string => formatNumber(value, 2);
  const person = epsilon(card.personEpsilonPerDay);
  const unitEpsilon = epsilon(card.epsilonPerDay);
  const units = card.typicalUnitsPerPerson;
  return (
    <section className={styles.card} aria-labelledby="privacy">
      <h2 id="privacy">{t`The privacy promise`}</h2>
      <p className={styles.lead}>
        <span className={styles.epsilon}>ε {person}</span>
        <span>
          <Plural
            value={units}
            one={`for a person in a day: typically one unit of ε ${unitEpsilon}, over all datasets of these sensors`}
            other={`for a person in a day: typically # units of ε ${unitEpsilon}, over all datasets of these sensors`}
          />
        </span>
      </p>
      <table className={styles.horizons}>
        <caption>{t`For a unit that is there every day`}</caption>
        <thead>
          <tr>
            <th scope="col">{t`Days`}</th>
            <th scope="col">{t`ε, pure`}</th>
            <th scope="col">{t`ε at δ = 10⁻⁶`}</th>
          </tr>
        </thead>
        <tbody>
          {card.horizons.map(({ days, pure, deltaEpsilon }) => (
            <tr key={days}>
              <th scope="row">{days}</th>
              <td>{epsilon(pure)}</td>
              <td>{epsilon(deltaEpsilon)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles.promise}>
        <dt>{t`Protected`}</dt>
        <dd>{card.protects[language]}</dd>
        <dt>{t`Not protected`}</dt>
        <dd>{card.doesNotProtect[language]}</dd>
        <dt>{t`Kept`}</dt>
        <dd>{card.retention[language]}</dd>
      </dl>
      {plan && (
        <Facts
          facts={[
            [t`Unit`, card.unit[language]],
            [t`Cells a unit may touch in a day, L`, formatNumber(plan.contributionBound)],
            [t`ε of this dataset in a day`, epsilon(card.datasetEpsilonPerDay)],
            [t`Scale of the noise, L/ε`, formatNumber(plan.scale, 1)],
            [t`95 % of the noise lies within`, formatHalfWidth(plan.interval95)],
          ]}
        />
      )}
      <p className="small">
        <Link to="/privacy">{t`The statement in full, with its known limits`}</Link>
      </p>
    </section>
  );
}
