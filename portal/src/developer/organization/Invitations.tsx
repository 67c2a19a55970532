import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useAct } from "../../data/act.ts";
import {
  type InvitationState,
  InviteDocument,
  type MemberRole,
  WithdrawInvitationDocument,
} from "../../generated/graphql.ts";
import { useDraft } from "../../identity/useDraft.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDate } from "../../text/time.ts";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { Actions, Form } from "../../ui/form/Form.tsx";
import { SelectField } from "../../ui/form/SelectField.tsx";
import { TextField } from "../../ui/form/TextField.tsx";
import { useForm } from "../../ui/form/useForm.ts";
import { MEMBER_ROLE_WORD } from "../../ui/marketWords.ts";
import { Notice } from "../../ui/Notice.tsx";
import type { Membership } from "./Organizations.tsx";

type Given = Exclude<MemberRole, "OWNER">;

/** Inviting people by their address; the link is shown once and works for that address alone. */
export function Invitations({ membership }: { membership: Membership }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { role, organization } = membership;
  const withdraw = useAct(WithdrawInvitationDocument);
  if (organization.closedAt !== null || (role !== "OWNER" && role !== "MANAGER")) return null;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const words: Readonly<Record<InvitationState, string>> = {
    PENDING: t`waiting`,
    ACCEPTED: t`accepted`,
    WITHDRAWN: t`withdrawn`,
    EXPIRED: t`expired`,
  };
  const invitations = organization.invitations ?? [];
  return (
    <Card title={t`Invitations`}>
      <Invite organization={organization.id} mayManager={role === "OWNER"} />
      {invitations.length > 0 && (
        <DataTable
          caption={t`Invitations, newest first`}
          rows={invitations}
          keyOf={({ id }) => id}
          columns={[
            { name: t`E-mail`, cell: ({ email }) => email ?? t`erased` },
            { name: t`Role`, cell: (invitation) => t(MEMBER_ROLE_WORD[invitation.role]) },
            { name: t`State`, cell: ({ state }) => words[state] },
            { name: t`Ends`, cell: ({ expiresAt }) => formatDate(Date.parse(expiresAt), language, zone) },
            {
              name: t`What you can do`,
              cell: ({ id, state, email }) =>
                state === "PENDING" && (
                  <Button
                    size="small"
                    aria-label={t`Withdraw the invitation of ${email ?? ""}`}
                    pending={withdraw.isPending}
                    onPress={() => withdraw.mutate({ invitation: id })}
                  >
                    {t`Withdraw`}
                  </Button>
                ),
            },
          ]}
        />
      )}
      <Answer act={withdraw} done={t`The invitation is withdrawn.`} />
    </Card>
  );
}

function Invite({ organization, mayManager }: { organization: string; mayManager: boolean }) {
  const { t } = useLingui();
  const {
    value: draft,
    set,
    clear,
  } = useDraft<{ email: string; role: Given }>(`invite.${organization}`, {
    email: "",
    role: "DEVELOPER",
  });
  const [link, setLink] = useState<{ email: string; href: string }>();
  const act = useAct(InviteDocument);
  const form = useForm(
    { email: /^\S+@\S+\.\S+$/.test(draft.email.trim()) ? undefined : t`Write an e-mail address.` },
    act.error,
  );
  const send = (): void => {
    if (!form.passes() || act.isPending) return;
    const email = draft.email.trim();
    act.mutate(
      { organization, email, role: draft.role },
      {
        onSuccess: ({ token }) => {
          setLink({ email, href: `${window.location.origin}/invitation#${token}` });
          clear();
          form.reset();
        },
      },
    );
  };
  const roles: readonly Given[] = mayManager ? ["MANAGER", "DEVELOPER", "VIEWER"] : ["DEVELOPER", "VIEWER"];
  return (
    <>
      <Form label={t`Invite someone`} errors={form.errors} tries={form.tries} onSubmit={send}>
        <TextField
          name="email"
          label={t`E-mail address`}
          type="email"
          maxLength={254}
          value={draft.email}
          onChange={(email) => set({ ...draft, email })}
          error={form.errors["email"]}
        />
        <SelectField
          name="role"
          label={t`Role`}
          value={draft.role}
          onChange={(role) => set({ ...draft, role })}
          options={roles.map((role) => ({ value: role, text: t(MEMBER_ROLE_WORD[role]) }))}
        />
        <Answer act={{ ...act, isSuccess: false }} />
        <Actions>
          <Button type="submit" pending={act.isPending}>{t`Invite`}</Button>
        </Actions>
      </Form>
      {link && (
        <Notice kind="good" role="status" title={t`The invitation of ${link.email} is ready`}>
          <p>
            <Trans>
              Send this link yourself; it is shown this once. It works for 14 days and only for who signs in with that
              address.
            </Trans>
          </p>
          <p>
            <code>{link.href}</code>
          </p>
          <CopyButton text={link.href} />
        </Notice>
      )}
    </>
  );
}
