import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { offerPage } from "../../data/market.ts";
import type { OfferQuery } from "../../generated/graphql.ts";
import { NotFound, Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatMoney, formatUnitPrice } from "../../text/money.ts";
import { formatNumber } from "../../text/number.ts";
import { formatDuration } from "../../text/time.ts";
import { buttonClass } from "../../ui/Button.tsx";
import { Card, Code } from "../../ui/Card.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Synthetic } from "../../ui/Freshness.tsx";
import { PRICE_MODEL_WORD, purposeWord } from "../../ui/marketWords.ts";
import { TIER_WORD } from "../../ui/words.ts";
import page from "../Page.module.css";
import { usePriceSentence } from "./price.ts";
import { TermsText } from "./TermsText.tsx";

export type Offer = NonNullable<OfferQuery["offer"]>;

const route = getRouteApi("/market/offers/$offer");

/** One offer: its terms in words beside the same for programs, its price, and the way to ask for it. */
export function OfferPage() {
  const { offer: id } = route.useParams();
  const { t } = useLingui();
  const { language } = useLanguage();
  const { data, error, refetch } = useQuery(offerPage(id));
  if (!data) return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />;
  const { offer } = data;
  if (!offer) return <NotFound />;
  const { dataset, name, text, terms } = offer;
  return (
    <article className={page.page}>
      <title>{`${name[language]} · ${t`Madang`}`}</title>
      <header className={page.head}>
        <p className={page.trail}>
          <Link to="/market">{t`Market`}</Link>
          <span aria-hidden="true">/</span>
          <Link to="/datasets/$slug" params={{ slug: dataset.slug }}>
            {dataset.title[language]}
          </Link>
          {dataset.isSynthetic && <Synthetic />}
        </p>
        <h1>{name[language]}</h1>
        <p className={page.lead}>{dataset.description[language]}</p>
        <WayIn offer={offer} />
      </header>
      <OfferFacts offer={offer} />
      <div className={page.columns}>
        <Card title={t`The terms in words`}>
          <TermsText text={text[language]} />
          <Code summary={t`The same terms for programs (ODRL 2.2)`} text={JSON.stringify(terms, null, 2)} />
        </Card>
        <div className={page.stack}>
          <Price offer={offer} />
          <Card title={t`Changes`}>
            <ul className={page.bullets}>
              <li>
                <Plural
                  value={offer.noticeDays}
                  one="Terms change with # day of notice at the earliest."
                  other="Terms change with # days of notice at the earliest."
                />
              </li>
              <li>
                <Plural
                  value={offer.priceNoticeDays}
                  one="Prices change with # day of notice at the earliest."
                  other="Prices change with # days of notice at the earliest."
                />
              </li>
              <li>{t`A granted licence keeps the version under which it was granted. This is version ${offer.version}.`}</li>
            </ul>
          </Card>
        </div>
      </div>
      <Tiers offer={offer} />
      <p className="quiet">
        <Trans>
          A finer tier is a closer look at the same released values, never at new noise and never at people.{" "}
          <Link to="/datasets/$slug" params={{ slug: dataset.slug }} hash="privacy">
            The dataset's privacy promise
          </Link>
        </Trans>
      </p>
    </article>
  );
}

/** A licence is asked for; a registered view is there for whoever is signed in. */
function WayIn({ offer }: { offer: Offer }) {
  const { t } = useLingui();
  if (offer.tier === "OPEN") {
    return (
      <>
        <p>{t`No request and no login is needed: the data are free to everyone.`}</p>
        <Link to="/datasets/$slug" params={{ slug: offer.dataset.slug }} className={buttonClass("primary")}>
          {t`To the data`}
        </Link>
      </>
    );
  }
  if (offer.tier !== "LICENSED") {
    return (
      <>
        <p>{t`No request is needed: who is signed in sees this view, and a sandbox key asks by program.`}</p>
        <Link to="/keys" className={buttonClass("primary")}>{t`Make a key`}</Link>
      </>
    );
  }
  return (
    <p className={page.row}>
      <Link to="/market/offers/$offer/ask" params={{ offer: offer.id }} className={buttonClass("primary")}>
        {t`Ask for access`}
      </Link>
      <span className="quiet small">
        <DecisionTime days={offer.decisionDays} />
      </span>
    </p>
  );
}

function DecisionTime({ days }: { days: number }) {
  return days > 0 ? (
    <Plural value={days} one="Decided within # day." other="Decided within # days." />
  ) : (
    <Trans>Decided at once.</Trans>
  );
}

function OfferFacts({ offer }: { offer: Offer }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { dataset, tier, finestStep, purposes, quotaMonthly } = offer;
  const step = finestStep ?? dataset.plan?.step;
  return (
    <Facts
      facts={[
        [t`Access`, t(TIER_WORD[tier])],
        [t`Provider`, dataset.provider.name[language]],
        [t`City`, dataset.city.name[language]],
        [t`Finest resolution`, step && formatDuration(step, language)],
        [t`One count is`, dataset.unit?.[language]],
        [t`Purposes`, purposes.map((purpose) => purposeWord(purpose, t)).join(", ")],
        [t`Usual quota`, t`${formatNumber(quotaMonthly)} values a month`],
      ]}
    />
  );
}

function Price({ offer }: { offer: Offer }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const sentence = usePriceSentence();
  const { priceModel, priceMinor, currency, unitPriceMicro, freeQuota, monthlyCapMinor } = offer;
  const metered = priceModel === "METERED";
  return (
    <Card title={t`The price`}>
      <p className={page.lead}>{sentence(offer)}</p>
      <Facts
        facts={[
          [t`Price model`, t(PRICE_MODEL_WORD[priceModel])],
          [
            priceModel === "SUBSCRIPTION" ? t`A month` : t`The whole period`,
            priceMinor > 0 && formatMoney(priceMinor, currency, language),
          ],
          [t`Free each month`, metered && t`${formatNumber(freeQuota)} values`],
          [t`Each further value`, metered && formatUnitPrice(unitPriceMicro, currency, language)],
          [t`At most a month`, monthlyCapMinor !== null && formatMoney(monthlyCapMinor, currency, language)],
        ]}
      />
      {priceModel !== "FREE" && (
        <p className="quiet small">
          {t`A value is one released number that an answer holds. Open data are never counted.`}
        </p>
      )}
    </Card>
  );
}

/** The offers of the same dataset side by side. */
function Tiers({ offer }: { offer: Offer }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const offers = offer.dataset.offers ?? [];
  if (offers.length < 2) return null;
  return (
    <section className={page.section}>
      <h2>{t`The tiers of this dataset`}</h2>
      <DataTable
        caption={t`Each tier and its finest resolution`}
        rows={offers}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t`Offer`,
            cell: ({ id, name }) =>
              id === offer.id ? (
                <strong>{name[language]}</strong>
              ) : (
                <Link to="/market/offers/$offer" params={{ offer: id }}>
                  {name[language]}
                </Link>
              ),
          },
          { name: t`Access`, cell: ({ tier }) => t(TIER_WORD[tier]) },
          {
            name: t`Finest resolution`,
            cell: ({ finestStep }) => formatDuration(finestStep ?? offer.dataset.plan?.step ?? "", language),
          },
        ]}
      />
    </section>
  );
}
