import { Plural, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useAct } from "../../data/act.ts";
import page from "../../developer/Page.module.css";
import { AttestOrganizationDocument } from "../../generated/graphql.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDate } from "../../text/time.ts";
import { Answer } from "../../ui/Answer.tsx";
import { StateBadge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card, More } from "../../ui/Card.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { STAGE_WORD } from "../../ui/marketWords.ts";
import type { Case } from "./DecisionPage.tsx";

/** Who asks: stage, attestation, and what they had before. */
export function Applicant({ one }: { one: Case }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { organization, requestedBy, risk, dataset } = one;
  const { id, name, stage, url, registrationNumber, attestedAt } = organization;
  const attest = useAct(AttestOrganizationDocument);
  const date = (at: string): string => formatDate(Date.parse(at), language, dataset.city.timeZone);
  const earlier = (organization.licences?.nodes ?? []).filter((licence) => licence.id !== one.id);
  return (
    <Card title={t`The applicant`}>
      <Facts
        facts={[
          [t`Organisation`, name[language]],
          [t`Asked by`, requestedBy?.name],
          [t`Stage`, stage ? t(STAGE_WORD[stage]) : t`Public body, university or non-profit`],
          [t`Website`, url && <a href={url}>{url}</a>],
          [t`Business registration number`, registrationNumber],
          [t`Business`, attestedAt ? t`attested on ${date(attestedAt)}` : t`not attested`],
          [t`Licences in force`, risk && String(risk.activeLicences)],
          [t`Refused or revoked before`, risk && String(risk.earlierRefusals)],
        ]}
      />
      {!attestedAt && registrationNumber && (
        <div>
          <Button size="small" pending={attest.isPending} onPress={() => attest.mutate({ organization: id })}>
            {t`Attest the business: I have seen its registration`}
          </Button>
        </div>
      )}
      <Answer act={attest} done={t`The business is attested.`} />
      {earlier.length > 0 && (
        <More summary={<Plural value={earlier.length} one="# earlier request" other="# earlier requests" />}>
          <ul className={page.lines}>
            {earlier.map(({ id: licence, number, state, createdAt, dataset: of }) => (
              <li key={licence} className={page.row}>
                <Link to="/steward/$id" params={{ id: licence }}>{t`No. ${number}`}</Link>
                <span>{of.title[language]}</span>
                <StateBadge state={state} asSteward />
                <span className="quiet small">{date(createdAt)}</span>
              </li>
            ))}
          </ul>
        </More>
      )}
    </Card>
  );
}
