import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useAct } from "../../data/act.ts";
import { UpdateOrganizationDocument } from "../../generated/graphql.ts";
import { useDraft } from "../../identity/useDraft.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDate } from "../../text/time.ts";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Actions, Form } from "../../ui/form/Form.tsx";
import { useForm } from "../../ui/form/useForm.ts";
import { MEMBER_ROLE_WORD, STAGE_WORD } from "../../ui/marketWords.ts";
import { inputOf, type OrganizationDraft, OrganizationFields, useOrganizationErrors } from "./OrganizationForm.tsx";
import type { Membership } from "./Organizations.tsx";

/** Who the organisation is, and whether its business was attested. */
export function Profile({ membership }: { membership: Membership }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [changing, setChanging] = useState(false);
  const { role, organization } = membership;
  const { name, stage, url, registrationNumber, attestedAt, closedAt } = organization;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const date = (at: string): string => formatDate(Date.parse(at), language, zone);
  return (
    <Card title={t`Profile`}>
      {changing ? (
        <Change membership={membership} onDone={() => setChanging(false)} />
      ) : (
        <>
          <Facts
            facts={[
              [t`Name in Korean`, name.ko],
              [t`Name in English`, name.en],
              [t`Stage`, stage ? t(STAGE_WORD[stage]) : t`Public body, university or non-profit`],
              [t`Website`, url && <a href={url}>{url}</a>],
              [t`Business registration number`, registrationNumber],
              [t`Business`, attestedAt ? t`attested on ${date(attestedAt)}` : t`not attested`],
              [t`Your role`, t(MEMBER_ROLE_WORD[role])],
              [t`Closed`, closedAt && date(closedAt)],
            ]}
          />
          {!attestedAt && (
            <p className="quiet small">
              <Trans>
                An administrator attests a business once, from its registration. Requests can be made without it; some
                are granted only with it.
              </Trans>
            </p>
          )}
          {!closedAt && (role === "OWNER" || role === "MANAGER") && (
            <div>
              <Button size="small" onPress={() => setChanging(true)}>{t`Change the profile`}</Button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

function Change({ membership, onDone }: { membership: Membership; onDone: () => void }) {
  const { t } = useLingui();
  const { id, name, stage, url, registrationNumber } = membership.organization;
  const kept: OrganizationDraft = {
    nameKo: name.ko,
    nameEn: name.en,
    stage: stage ?? "PUBLIC",
    url: url ?? "",
    registrationNumber: registrationNumber ?? "",
  };
  const { value: draft, set, clear } = useDraft(`organization.${id}`, kept);
  const act = useAct(UpdateOrganizationDocument);
  const form = useForm(useOrganizationErrors(draft), act.error);
  const close = (): void => {
    clear();
    onDone();
  };
  return (
    <Form
      label={t`Change the profile`}
      errors={form.errors}
      tries={form.tries}
      onSubmit={() => {
        if (!form.passes() || act.isPending) return;
        act.mutate({ input: { organization: id, ...inputOf(draft) } }, { onSuccess: close });
      }}
    >
      <OrganizationFields draft={draft} onChange={set} errors={form.errors} />
      {draft.registrationNumber !== kept.registrationNumber && membership.organization.attestedAt && (
        <p role="status">{t`A changed registration number has to be attested again.`}</p>
      )}
      <Answer act={act} />
      <Actions>
        <Button type="submit" kind="primary" pending={act.isPending}>{t`Save the profile`}</Button>
        <Button onPress={close}>{t`Cancel`}</Button>
      </Actions>
    </Form>
  );
}
