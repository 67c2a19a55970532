import { useLingui } from "@lingui/react/macro";
import { useAct } from "../../data/act.ts";
import { AcceptInvitationDocument } from "../../generated/graphql.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { MEMBER_ROLE_WORD } from "../../ui/marketWords.ts";
import { Notice } from "../../ui/Notice.tsx";
import type { Viewer } from "../Desk.tsx";

/** Invitations that wait for the one who is signed in. */
export function MyInvitations({ invitations }: { invitations: Viewer["invitations"] }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const act = useAct(AcceptInvitationDocument);
  return (
    <>
      {invitations.map(({ id, role, organization }) => (
        <Notice key={id} title={t`${organization.name[language]} invites you`}>
          <p>{t`As: ${t(MEMBER_ROLE_WORD[role])}. Its managers will see your name and address.`}</p>
          <div>
            <Button kind="primary" pending={act.isPending} onPress={() => act.mutate({ invitation: id, token: null })}>
              {t`Join the organisation`}
            </Button>
          </div>
        </Notice>
      ))}
      <Answer act={act} done={t`You have joined the organisation.`} />
    </>
  );
}
