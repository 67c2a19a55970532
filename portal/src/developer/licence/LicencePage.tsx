import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { licencePage } from "../../data/market.ts";
import type { LicenceQuery } from "../../generated/graphql.ts";
import { NotFound, Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { StateBadge } from "../../ui/Badge.tsx";
import { Card } from "../../ui/Card.tsx";
import { Synthetic } from "../../ui/Freshness.tsx";
import { STATE_MEANING } from "../../ui/marketWords.ts";
import { Desk, type Viewer } from "../Desk.tsx";
import page from "../Page.module.css";
import { Conversation } from "./Conversation.tsx";
import { Granting } from "./Granting.tsx";
import { History } from "./History.tsx";
import { LicenceKeys } from "./LicenceKeys.tsx";
import { LicenceTerms } from "./LicenceTerms.tsx";
import { OwnActions } from "./OwnActions.tsx";
import { UsageSection } from "./UsageSection.tsx";

export type Licence = NonNullable<LicenceQuery["licence"]>;

const route = getRouteApi("/licences/$id");

/** One request or licence for those to whom it belongs: how it stands, what was granted, what is used, what was said. */
export function LicencePage() {
  const { id } = route.useParams();
  const { t } = useLingui();
  return (
    <Desk title={t`Licence and request`} why={t`A licence is seen by the members of its organisation only.`}>
      {(viewer) => <Loaded id={id} viewer={viewer} />}
    </Desk>
  );
}

function Loaded({ id, viewer }: { id: string; viewer: Viewer }) {
  const { data, error, refetch } = useQuery(licencePage(id));
  if (!data) return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />;
  return data.licence ? <OneLicence licence={data.licence} viewer={viewer} /> : <NotFound />;
}

function OneLicence({ licence, viewer }: { licence: Licence; viewer: Viewer }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { number, state, dataset, offer, organization, renews, usage } = licence;
  const mine = viewer.organizations.some((known) => known.organization.id === organization.id);
  return (
    <article className={page.page}>
      <title>{`${t`No. ${number}`} · ${t`Madang`}`}</title>
      <header className={page.head}>
        <p className={page.trail}>
          <Link to="/licences">{t`Licences`}</Link>
          <span aria-hidden="true">/</span>
          <Link to="/datasets/$slug" params={{ slug: dataset.slug }}>
            {dataset.title[language]}
          </Link>
          {dataset.isSynthetic && <Synthetic />}
        </p>
        <h1>{t`No. ${number}: ${offer.name[language]}`}</h1>
        <StateBadge state={state} />
        <p>{t(STATE_MEANING[state])}</p>
        {renews && (
          <p className="quiet">
            <Trans>
              Renews{" "}
              <Link to="/licences/$id" params={{ id: renews.id }}>
                No. {renews.number}
              </Link>
            </Trans>
          </p>
        )}
      </header>
      <Granting licence={licence} />
      <OwnActions licence={licence} viewer={viewer} />
      {(state === "ACTIVE" || state === "SUSPENDED") && usage && <UsageSection licence={licence} usage={usage} />}
      {(state === "ACTIVE" || state === "SUSPENDED") && <LicenceKeys licence={licence} viewer={viewer} />}
      <div className={page.columns}>
        <LicenceTerms licence={licence} />
        <div className={page.stack}>
          <Card title={t`History`}>
            <History licence={licence} />
          </Card>
          <Conversation licence={licence} mine={mine} />
        </div>
      </div>
    </article>
  );
}
