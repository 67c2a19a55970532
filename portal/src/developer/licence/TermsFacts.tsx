import { useLingui } from "@lingui/react/macro";
import type { ScopePartsFragment } from "../../generated/graphql.ts";
import { useLanguage } from "../../text/i18n.tsx";
import type { LocalText } from "../../text/language.ts";
import { formatNumber } from "../../text/number.ts";
import { formatDuration, formatLocalDay } from "../../text/time.ts";
import { Facts } from "../../ui/Facts.tsx";

export type Places = readonly { readonly slug: string; readonly name: LocalText }[];

export type TermsWords = {
  readonly area: string;
  readonly period: string;
  readonly step: string;
  readonly quota: string;
};

/** A licence's reach in words: area, period, resolution, quota. */
export function useTermsWords(places: Places = []): (terms: ScopePartsFragment) => TermsWords {
  const { t } = useLingui();
  const { language } = useLanguage();
  const nameOf = (slug: string): string => places.find((known) => known.slug === slug)?.name[language] ?? slug;
  return ({ area, from, to, step, quota }) => ({
    area: area === null ? t`all zones of the dataset` : area.map(nameOf).join(", "),
    period: t`${formatLocalDay(from, language)} to ${formatLocalDay(to, language)}`,
    step: step === null ? t`the finest of the offer` : t`one value every ${formatDuration(step, language)}`,
    quota: t`${formatNumber(quota)} values a month`,
  });
}

/** The same as a list of facts. */
export function TermsFacts({ terms, places }: { terms: ScopePartsFragment; places?: Places }) {
  const { t } = useLingui();
  const { area, period, step, quota } = useTermsWords(places)(terms);
  return (
    <Facts
      facts={[
        [t`Area of use`, area],
        [t`Period`, period],
        [t`Resolution`, step],
        [t`Quota`, quota],
      ]}
    />
  );
}
