import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { DatasetsQuery, Domain, Tier } from "../../generated/graphql.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { DOMAIN_WORD, TIER_WORD } from "../../ui/words.ts";
import styles from "./Facets.module.css";
import type { ListSearch } from "./search.ts";

type FacetsProps = {
  facets: DatasetsQuery["datasets"]["facets"];
  cities: DatasetsQuery["cities"];
  search: ListSearch;
  onAsk: (change: Partial<Record<"domain" | "city" | "tier", string | undefined>>) => void;
};

/** Filters with how much each would find. */
export function Facets({ facets, cities, search, onAsk }: FacetsProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const cityName = (slug: string): string => cities.find((city) => city.slug === slug)?.name[language] ?? slug;
  return (
    <div className={styles.facets}>
      <Facet title={t`Domain`}>
        {facets.domain.map(({ key, count }) => (
          <Value
            key={key}
            name={key in DOMAIN_WORD ? t(DOMAIN_WORD[key as Domain]) : key}
            count={count}
            chosen={search.domain === key}
            onChoose={(chosen) => onAsk({ domain: chosen ? key : undefined })}
          />
        ))}
      </Facet>
      <Facet title={t`City`}>
        {facets.city.map(({ key, count }) => (
          <Value
            key={key}
            name={cityName(key)}
            count={count}
            chosen={search.city === key}
            onChoose={(chosen) => onAsk({ city: chosen ? key : undefined })}
          />
        ))}
      </Facet>
      <Facet title={t`Access`}>
        {facets.tier.map(({ key, count }) => (
          <Value
            key={key}
            name={key in TIER_WORD ? t(TIER_WORD[key as Tier]) : key}
            count={count}
            chosen={search.tier === key}
            onChoose={(chosen) => onAsk({ tier: chosen ? key : undefined })}
          />
        ))}
      </Facet>
    </div>
  );
}

function Facet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.facet}>
      <legend>{title}</legend>
      <div className={styles.values}>{children}</div>
    </fieldset>
  );
}

type ValueProps = { name: string; count: number; chosen: boolean; onChoose: (chosen: boolean) => void };

function Value({ name, count, chosen, onChoose }: ValueProps) {
  return (
    <button type="button" className={styles.value} aria-pressed={chosen} onClick={() => onChoose(!chosen)}>
      <span>{name}</span>
      <span className={styles.count}>
        {count}
        <span className="visually-hidden">
          <Trans>datasets</Trans>
        </span>
      </span>
    </button>
  );
}
