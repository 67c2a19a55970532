import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../text/i18n.tsx";
import { formatHalfWidth, formatNumber } from "../../text/number.ts";
import { Facts } from "../../ui/Facts.tsx";
import { BASIS_WORD } from "../../ui/words.ts";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";

type Card = NonNullable<Dataset["privacyCard"]>;
type CardProps = { dataset: Dataset; card: Card };

const epsilon = (value: number): string => formatNumber(value, 2);

/** What the noise protects and what it does not: the cost for a person first, the known limits in full. */
export function PrivacyCard({ dataset, card }: CardProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { person, unit } = card;
  return (
    <section className={styles.card} aria-labelledby="privacy">
      <h2 id="privacy">{t`The privacy promise`}</h2>
      {person && unit && <Cost person={person} unit={unit} />}
      <dl className={styles.promise}>
        <dt>{t`Protected`}</dt>
        <dd>{card.protects[language]}</dd>
        <dt>{t`Not protected`}</dt>
        <dd>{card.doesNotProtect[language]}</dd>
        <dt>{t`Kept`}</dt>
        <dd>{card.retention[language]}</dd>
        <dt>{t`Legal basis`}</dt>
        <dd>{card.legalBasis[language]}</dd>
      </dl>
      <Errors dataset={dataset} card={card} />
      <h3>{t`Known limits`}</h3>
      <ul className={styles.limits}>
        {card.knownLimits.map(({ id, text }) => (
          <li key={id}>{text[language]}</li>
        ))}
      </ul>
      <Numbers dataset={dataset} card={card} />
      <p className="small">
        <Link to="/privacy">{t`The statement in full, with its known limits`}</Link>
        {" · "}
        <a href={`/privacy/${dataset.slug}.json`}>{t`This card as JSON`}</a>
      </p>
    </section>
  );
}

function Cost({ person, unit }: { person: NonNullable<Card["person"]>; unit: NonNullable<Card["unit"]> }) {
  const { t } = useLingui();
  const unitEpsilon = epsilon(unit.epsilonPerDay);
  const units = person.typicalUnits;
  return (
    <>
      <p className={styles.lead}>
        <span className={styles.epsilon}>ε {epsilon(person.epsilonPerDay)}</span>
        <span>
          <Plural
            value={units}
            one={`for a person in a day: typically one unit of ε ${unitEpsilon}, over all datasets of these sensors`}
            other={`for a person in a day: typically # units of ε ${unitEpsilon}, over all datasets of these sensors`}
          />
        </span>
      </p>
      <table className={styles.horizons}>
        <caption>{t`For one that is there every day`}</caption>
        <thead>
          <tr>
            <th scope="col">{t`Days`}</th>
            <th scope="col">{t`Person, pure ε`}</th>
            <th scope="col">{t`Person, δ = 10⁻⁶`}</th>
            <th scope="col">{t`Unit, pure ε`}</th>
            <th scope="col">{t`Unit, δ = 10⁻⁶`}</th>
          </tr>
        </thead>
        <tbody>
          {person.horizons.map(({ days, pure, deltaEpsilon }, index) => (
            <tr key={days}>
              <th scope="row">{days}</th>
              <td>{epsilon(pure)}</td>
              <td>{epsilon(deltaEpsilon)}</td>
              <td>{epsilon(unit.horizons[index]?.pure ?? 0)}</td>
              <td>{epsilon(unit.horizons[index]?.deltaEpsilon ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** How far off a value is to be expected, beside true counts of several sizes. */
function Errors({ dataset, card }: CardProps) {
  const { t } = useLingui();
  if (card.expectedError.length === 0) return null;
  const sparse = dataset.plan?.threshold !== null;
  const percent = (share: number): string => `${formatNumber(100 * share, share < 0.1 ? 1 : 0)} %`;
  return (
    <table className={styles.horizons}>
      <caption>{t`Expected error of one value, from the noise alone`}</caption>
      <thead>
        <tr>
          <th scope="col">{t`True count`}</th>
          <th scope="col">{t`On average`}</th>
          <th scope="col">{t`95 % within`}</th>
          {sparse && <th scope="col">{t`Shown at all`}</th>}
        </tr>
      </thead>
      <tbody>
        {card.expectedError.map(({ count, meanAbsolute, meanShare, halfWidth95, share95, shown }) => (
          <tr key={count}>
            <th scope="row">{formatNumber(count)}</th>
            <td>
              {formatHalfWidth(meanAbsolute, 1)} ({percent(meanShare)})
            </td>
            <td>
              {formatHalfWidth(halfWidth95)} ({percent(share95)})
            </td>
            {sparse && <td>{shown !== null && percent(shown)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Numbers({ dataset, card }: CardProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { plan } = dataset;
  const { unit } = card;
  const today = unit?.today ?? null;
  const collection = card.collection.map(({ basis, zones }) => `${t(BASIS_WORD[basis])}: ${formatNumber(zones)}`);
  return (
    <Facts
      facts={[
        [t`Unit`, unit?.text[language]],
        [t`Cells a unit may touch in a day, L`, plan && formatNumber(plan.contributionBound)],
        [t`ε of this dataset in a day`, unit && epsilon(unit.datasetEpsilonPerDay)],
        [
          t`Spent today`,
          today && unit && (
            <Trans>
              ε {epsilon(today.spent)} of {epsilon(unit.cap)}
            </Trans>
          ),
        ],
        [t`Noise`, plan && `${plan.mechanism}, ${formatNumber(plan.scale, 1)}`],
        [t`Collected in zones, by ground`, collection.length > 0 && collection.join(", ")],
      ]}
    />
  );
}
