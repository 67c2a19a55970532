import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../text/i18n.tsx";
import { formatMoney } from "../../text/money.ts";
import { formatDate } from "../../text/time.ts";
import { Card, Code, More } from "../../ui/Card.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { purposeWord } from "../../ui/marketWords.ts";
import { TIER_WORD } from "../../ui/words.ts";
import page from "../Page.module.css";
import type { Licence } from "./LicencePage.tsx";
import { TermsFacts } from "./TermsFacts.tsx";

/** What holds: the granted terms, before a decision the asked ones; in words and for programs. */
export function LicenceTerms({ licence }: { licence: Licence }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { granted, asked, conditions, purposeText, offer, dataset, tier, purpose, organization, requestedBy } = licence;
  const { agreement, priceMinor, currency, dueAt, decidedAt } = licence;
  const date = (at: string): string => formatDate(Date.parse(at), language, dataset.city.timeZone);
  const places = dataset.places.nodes;
  return (
    <Card title={granted ? t`What was granted` : t`What was asked for`}>
      <TermsFacts terms={granted ?? asked} places={places} />
      <Facts
        facts={[
          [t`Access`, t(TIER_WORD[tier])],
          [t`Purpose`, purposeWord(purpose, t)],
          [t`Organisation`, organization.name[language]],
          [t`Asked by`, requestedBy?.name],
          [
            t`Price`,
            priceMinor !== null && (priceMinor === 0 ? t`none up front` : formatMoney(priceMinor, currency, language)),
          ],
          decidedAt ? [t`Decided on`, date(decidedAt)] : [t`Decided by`, dueAt && date(dueAt)],
        ]}
      />
      {conditions && (
        <div>
          <h3>{t`Conditions`}</h3>
          <p className={page.user}>{conditions}</p>
        </div>
      )}
      <div>
        <h3>{t`What it is for`}</h3>
        <p className={page.user}>{purposeText}</p>
      </div>
      {granted && (
        <More summary={t`What was asked for`}>
          <TermsFacts terms={asked} places={places} />
        </More>
      )}
      <p>
        <Link to="/market/offers/$offer" params={{ offer: offer.id }}>
          {t`The offer and its terms in words`}
        </Link>
      </p>
      {agreement ? (
        <Code summary={t`The agreement for programs (ODRL 2.2)`} text={JSON.stringify(agreement, null, 2)} />
      ) : (
        <Code summary={t`The offer's terms for programs (ODRL 2.2)`} text={JSON.stringify(offer.terms, null, 2)} />
      )}
    </Card>
  );
}
