import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAct } from "../../data/act.ts";
import { CloseOrganizationDocument, LeaveOrganizationDocument } from "../../generated/graphql.ts";
import { Answer } from "../../ui/Answer.tsx";
import { StateBadge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Actions, Form } from "../../ui/form/Form.tsx";
import { TextField } from "../../ui/form/TextField.tsx";
import { useForm } from "../../ui/form/useForm.ts";
import page from "../Page.module.css";
import type { Membership } from "./Organizations.tsx";

/** Leaving an organisation, and closing it: each shows first what would end. */
export function Endings({ membership }: { membership: Membership }) {
  const { t } = useLingui();
  const { role, organization } = membership;
  const [asking, setAsking] = useState(false);
  if (organization.closedAt !== null) return null;
  return (
    <Card title={role === "OWNER" ? t`Close the organisation` : t`Leave the organisation`}>
      <p className="quiet">
        {role === "OWNER" ? (
          <Trans>
            The owner cannot leave; hand the organisation to another member first. Closing ends it for everyone.
          </Trans>
        ) : (
          <Trans>You lose access to its requests, licences and keys. An invitation brings you back.</Trans>
        )}
      </p>
      <div>
        <Button kind="danger" onPress={() => setAsking(true)}>
          {role === "OWNER" ? t`Close the organisation` : t`Leave the organisation`}
        </Button>
      </div>
      {asking &&
        (role === "OWNER" ? (
          <Close membership={membership} onClose={() => setAsking(false)} />
        ) : (
          <Leave membership={membership} onClose={() => setAsking(false)} />
        ))}
    </Card>
  );
}

type DialogProps = { membership: Membership; onClose: () => void };

function Leave({ membership, onClose }: DialogProps) {
  const { t } = useLingui();
  const act = useAct(LeaveOrganizationDocument);
  return (
    <Dialog title={t`Leave the organisation`} open grave onClose={onClose}>
      <p>{t`You lose access at once. Keys that you made stay with the organisation.`}</p>
      <Answer act={act} />
      <Actions>
        <Button
          kind="danger"
          pending={act.isPending}
          onPress={() => act.mutate({ organization: membership.organization.id }, { onSuccess: onClose })}
        >
          {t`Leave the organisation`}
        </Button>
        <Button onPress={onClose}>{t`Cancel`}</Button>
      </Actions>
    </Dialog>
  );
}

function Close({ membership, onClose }: DialogProps) {
  const { t } = useLingui();
  const { id, keys, members, licences } = membership.organization;
  const [reason, setReason] = useState("");
  const act = useAct(CloseOrganizationDocument);
  const form = useForm({ reason: reason.trim() === "" ? t`Say in a few words why.` : undefined }, act.error);
  const live = (keys ?? []).filter(({ revokedAt }) => revokedAt === null).length;
  const held = licences?.nodes ?? [];
  return (
    <Dialog title={t`Close the organisation`} open grave onClose={onClose}>
      <Form
        label={t`Close the organisation`}
        errors={form.errors}
        tries={form.tries}
        onSubmit={() => {
          if (!form.passes() || act.isPending) return;
          act.mutate({ organization: id, reason: reason.trim() }, { onSuccess: onClose });
        }}
      >
        <p>{t`This ends:`}</p>
        <ul className={page.bullets}>
          <li>
            <Plural value={live} _0="no key in use" one="# key in use" other="# keys in use" />
          </li>
          <li>
            <Plural value={(members ?? []).length} one="the access of # member" other="the access of # members" />
          </li>
          {held.map(({ id: licence, number, state }) => (
            <li key={licence}>
              <Link to="/licences/$id" params={{ id: licence }}>{t`No. ${number}`}</Link> <StateBadge state={state} />
            </li>
          ))}
        </ul>
        {held.length > 0 && <p>{t`A licence in force has to be given back first; the hub refuses otherwise.`}</p>}
        <p className="quiet small">
          <Trans>Usage and statements are kept as the law asks; who did what stays in the record of the hub.</Trans>
        </p>
        <TextField name="reason" label={t`Reason`} value={reason} onChange={setReason} error={form.errors["reason"]} />
        <Answer act={act} />
        <Actions>
          <Button type="submit" kind="danger" pending={act.isPending}>{t`Close the organisation`}</Button>
          <Button onPress={onClose}>{t`Cancel`}</Button>
        </Actions>
      </Form>
    </Dialog>
  );
}
