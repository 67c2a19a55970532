import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { DatasetsQuery } from "../../generated/graphql.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatHalfWidth } from "../../text/number.ts";
import { formatDuration } from "../../text/time.ts";
import { Freshness, Synthetic } from "../../ui/Freshness.tsx";
import { DOMAIN_WORD, FRESHNESS_WORD, TIER_WORD } from "../../ui/words.ts";
import styles from "./DatasetRow.module.css";

/** One dataset of the list: what it is, how exact, how fresh, who may have it. */
export function DatasetRow({ dataset }: { dataset: DatasetsQuery["datasets"]["nodes"][number] }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { slug, title, description, domain, tier, isSynthetic, city, provider, plan, freshness } = dataset;
  const published = freshness.lastPublishedAt;
  return (
    <li className={styles.row}>
      <h3 className={styles.title}>
        <Link to="/datasets/$slug" params={{ slug }}>
          {title[language]}
        </Link>
        {isSynthetic && <Synthetic />}
      </h3>
      <p className={styles.description}>{description[language]}</p>
      <p className={styles.facts}>
        <span>{t(DOMAIN_WORD[domain])}</span>
        <span>{city.name[language]}</span>
        <span>{provider.name[language]}</span>
        <span>{t(TIER_WORD[tier])}</span>
        {plan && (
          <span>
            <Trans>
              every {formatDuration(plan.step, language)}, {formatHalfWidth(plan.interval95)}
            </Trans>
          </span>
        )}
        <span>
          {published ? (
            <Freshness at={Date.parse(published)} timeZone={city.timeZone} />
          ) : (
            t(FRESHNESS_WORD[freshness.state])
          )}
        </span>
      </p>
    </li>
  );
}
