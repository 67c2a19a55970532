import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { offerList } from "../../data/market.ts";
import type { OffersQuery } from "../../generated/graphql.ts";
import { LastKnown, Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatNumber } from "../../text/number.ts";
import { formatDuration } from "../../text/time.ts";
import { Pages } from "../../ui/DataTable.tsx";
import { Synthetic } from "../../ui/Freshness.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { TIER_WORD } from "../../ui/words.ts";
import page from "../Page.module.css";
import styles from "./Offers.module.css";
import { usePriceSentence } from "./price.ts";

type Offer = OffersQuery["offers"]["nodes"][number];

const route = getRouteApi("/market");

/** What may be licensed, by dataset and tier, with its price in words; and how the market decides, in public figures. */
export function Offers() {
  const { t } = useLingui();
  const { tier, ...cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(offerList(tier ?? null, cursor));
  return (
    <div className={page.page}>
      <title>{t`Market · Madang`}</title>
      <header className={page.head}>
        <h1>{t`Market`}</h1>
        <p className="quiet">
          <Trans>
            Open data need no login. What is finer is given to those who say what it is for: for a purpose, an area, a
            period and a resolution. Every licence sees the same released values; none sees people.
          </Trans>
        </p>
      </header>
      {error && !data && <Trouble error={error} onRetry={() => void refetch()} />}
      {error && data && <LastKnown>{t`No connection to the hub. This is the last known list.`}</LastKnown>}
      {!data && !error && <Waiting />}
      {data && (
        <>
          <Figures figures={data.marketFigures.all} />
          <section className={page.section} aria-labelledby="offers">
            <div className={`${page.row} ${page.spread}`}>
              <h2 id="offers">{t`Offers`}</h2>
              <Segmented
                label={t`Access`}
                value={tier ?? "ALL"}
                onChange={(next) => void navigate({ search: next === "ALL" ? {} : { tier: next }, resetScroll: false })}
                options={[
                  { value: "ALL", content: t`All` },
                  { value: "OPEN", content: t(TIER_WORD.OPEN) },
                  { value: "REGISTERED", content: t(TIER_WORD.REGISTERED) },
                  { value: "LICENSED", content: t(TIER_WORD.LICENSED) },
                ]}
              />
            </div>
            {data.offers.nodes.length === 0 ? (
              <Empty>
                <p>
                  <Trans>
                    Nothing is offered here at the moment. What is open stands in the{" "}
                    <Link to="/datasets">list of data</Link>.
                  </Trans>
                </p>
              </Empty>
            ) : (
              <div>
                {grouped(data.offers.nodes).map((offers) => (
                  <DatasetOffers
                    key={offers[0].dataset.slug}
                    offers={offers}
                    counts={
                      data.marketFigures.byDataset.find(({ dataset }) => dataset.slug === offers[0].dataset.slug)
                        ?.counts
                    }
                  />
                ))}
              </div>
            )}
            <Pages
              info={data.offers.pageInfo}
              onTurn={(turned) => void navigate({ search: { ...(tier ? { tier } : {}), ...turned } })}
            />
          </section>
        </>
      )}
    </div>
  );
}

function Figures({ figures }: { figures: OffersQuery["marketFigures"]["all"] }) {
  const { t } = useLingui();
  const { requests, granted, refused, lapsed, medianDecisionDays } = figures;
  return (
    <section aria-label={t`How the market decides`} className={styles.market}>
      <dl className={styles.figures}>
        <Figure name={t`Requests`} value={formatNumber(requests)} />
        <Figure name={t`Granted`} value={formatNumber(granted)} />
        <Figure name={t`Refused`} value={formatNumber(refused)} />
        <Figure name={t`Lapsed`} value={formatNumber(lapsed)} />
        <div>
          <dt>{t`Median time to a decision`}</dt>
          <dd>
            {medianDecisionDays === null ? (
              <small>{t`no decision yet`}</small>
            ) : (
              <Plural value={medianDecisionDays} one="# day" other="# days" />
            )}
          </dd>
        </div>
      </dl>
      <p className="quiet small">{t`All requests of the last 365 days.`}</p>
    </section>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

type DatasetOffersProps = {
  offers: readonly [Offer, ...Offer[]];
  counts: OffersQuery["marketFigures"]["byDataset"][number]["counts"] | undefined;
};

function DatasetOffers({ offers, counts }: DatasetOffersProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { dataset } = offers[0];
  return (
    <article className={styles.dataset}>
      <div className={page.head}>
        <h3>
          <Link to="/datasets/$slug" params={{ slug: dataset.slug }}>
            {dataset.title[language]}
          </Link>
        </h3>
        <p className="quiet small">
          {dataset.provider.name[language]} · {dataset.city.name[language]}
        </p>
        {dataset.isSynthetic && <Synthetic />}
        {counts && (
          <p className="quiet small">
            {t`In a year: ${counts.requests} asked, ${counts.granted} granted, ${counts.refused} refused`}
          </p>
        )}
      </div>
      <ul className={styles.offers}>
        {offers.map((offer) => (
          <OfferLine key={offer.id} offer={offer} />
        ))}
      </ul>
    </article>
  );
}

function OfferLine({ offer }: { offer: Offer }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const priceOf = usePriceSentence();
  const { id, name, tier, finestStep, decisionDays } = offer;
  return (
    <li className={styles.offer}>
      <Link to="/market/offers/$offer" params={{ offer: id }} className={styles.name}>
        {name[language]}
      </Link>
      <p>{priceOf(offer)}</p>
      <p className={styles.facts}>
        <span>{t(TIER_WORD[tier])}</span>
        <span>
          {finestStep ? t`at finest every ${formatDuration(finestStep, language)}` : t`at the full resolution`}
        </span>
        {tier === "LICENSED" && (
          <span>
            <Plural value={decisionDays} one="decided within # day" other="decided within # days" />
          </span>
        )}
      </p>
    </li>
  );
}

/** Offers of one dataset together; first the datasets that offer more than what is open. */
function grouped(offers: readonly Offer[]): [Offer, ...Offer[]][] {
  const groups = new Map<string, [Offer, ...Offer[]]>();
  for (const offer of offers) {
    const group = groups.get(offer.dataset.slug);
    if (group) group.push(offer);
    else groups.set(offer.dataset.slug, [offer]);
  }
  const isOpen = (group: readonly Offer[]): number => Number(group.every(({ tier }) => tier === "OPEN"));
  return [...groups.values()].sort((a, b) => isOpen(a) - isOpen(b));
}
