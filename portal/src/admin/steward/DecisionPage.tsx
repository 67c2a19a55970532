import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { stewardPage } from "../../data/market.ts";
import { Desk, type Viewer } from "../../developer/Desk.tsx";
import { Conversation } from "../../developer/licence/Conversation.tsx";
import { History } from "../../developer/licence/History.tsx";
import page from "../../developer/Page.module.css";
import type { StewardLicenceQuery } from "../../generated/graphql.ts";
import { NotFound, Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { StateBadge } from "../../ui/Badge.tsx";
import { Card } from "../../ui/Card.tsx";
import { purposeWord } from "../../ui/marketWords.ts";
import { Applicant } from "./Applicant.tsx";
import { Decision } from "./Decision.tsx";
import { Due } from "./Due.tsx";
import { STEWARDS } from "./Inbox.tsx";
import { RiskCard } from "./RiskCard.tsx";
import { TermsBeside } from "./TermsBeside.tsx";

export type Case = NonNullable<StewardLicenceQuery["licence"]>;

const route = getRouteApi("/steward/$id");

/** One request on one page: purpose, applicant, risk, privacy cost, price, terms side by side; and the decision. */
export function DecisionPage() {
  const { id } = route.useParams();
  const { t } = useLingui();
  return (
    <Desk title={t`Request`} why={t`Requests are decided by stewards.`} roles={STEWARDS}>
      {(viewer) => <Loaded id={id} viewer={viewer} />}
    </Desk>
  );
}

function Loaded({ id, viewer }: { id: string; viewer: Viewer }) {
  const { data, error, refetch } = useQuery(stewardPage(id));
  if (!data) return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />;
  return data.licence ? <One one={data.licence} viewer={viewer} /> : <NotFound />;
}

function One({ one, viewer }: { one: Case; viewer: Viewer }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { number, state, dataset, organization, purpose, purposeText, dueAt } = one;
  const waiting = state === "REQUESTED" || state === "INFO_NEEDED";
  const mine = viewer.organizations.some((known) => known.organization.id === organization.id);
  return (
    <article className={page.page}>
      <title>{`${t`No. ${number}`} · ${t`Madang`}`}</title>
      <header className={page.head}>
        <p className={page.trail}>
          <Link to="/steward">{t`Steward's inbox`}</Link>
          <span aria-hidden="true">/</span>
          <Link to="/datasets/$slug" params={{ slug: dataset.slug }}>
            {dataset.title[language]}
          </Link>
        </p>
        <h1>
          {t`No. ${number}`}: {organization.name[language]}
        </h1>
        <p className={page.row}>
          <StateBadge state={state} asSteward />
          {waiting && dueAt && (
            <span>
              {t`Due`} <Due at={dueAt} timeZone={dataset.city.timeZone} />
            </span>
          )}
        </p>
      </header>
      <div className={page.columns}>
        <div className={page.stack}>
          <Card title={t`What it is for`}>
            <p>
              <strong>{purposeWord(purpose, t)}</strong>
            </p>
            <p className={page.user}>{purposeText}</p>
          </Card>
          <Applicant one={one} />
        </div>
        <RiskCard one={one} />
      </div>
      <TermsBeside one={one} />
      <Decision one={one} viewer={viewer} />
      <div className={page.columns}>
        <Conversation licence={one} mine={mine} />
        <Card title={t`History`}>
          <History licence={one} />
        </Card>
      </div>
    </article>
  );
}
