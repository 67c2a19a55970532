import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAct } from "../../data/act.ts";
import { EraseMeDocument } from "../../generated/graphql.ts";
import { signOut } from "../../identity/session.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Actions } from "../../ui/form/Form.tsx";
import { MEMBER_ROLE_WORD } from "../../ui/marketWords.ts";
import { Desk, type Viewer } from "../Desk.tsx";
import page from "../Page.module.css";
import { roleWord } from "../roles.ts";

/** What the hub knows of the one who is signed in, and the way to be forgotten. */
export function Account() {
  const { t } = useLingui();
  return (
    <Desk title={t`Account`} why={t`An account is seen by its person only.`}>
      {(viewer) => <Mine viewer={viewer} />}
    </Desk>
  );
}

function Mine({ viewer }: { viewer: Viewer }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [asking, setAsking] = useState(false);
  const { person, roles, organizations } = viewer;
  return (
    <div className={page.page}>
      <h1>{t`Account`}</h1>
      <Card title={t`What the hub knows of you`}>
        <Facts
          facts={[
            [t`Name`, person.name],
            [t`E-mail`, person.email],
            [t`Address`, viewer.emailVerified ? t`proved` : t`not proved yet`],
            [t`Roles`, roles.map((role) => t(roleWord(role))).join(", ")],
          ]}
        />
        <p className="quiet small">
          <Trans>Password and sign-in are kept by the sign-in service alone; the hub never sees them.</Trans>
        </p>
        {organizations.length > 0 && (
          <ul className={page.bullets}>
            {organizations.map(({ role, organization }) => (
              <li key={organization.id}>
                <Link to="/organization" search={{ of: organization.slug }}>
                  {organization.name[language]}
                </Link>
                : {t(MEMBER_ROLE_WORD[role])}
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t`Be forgotten`}>
        <p className="quiet">
          <Trans>
            Your name, your address and the messages that you wrote are erased everywhere in the hub. What was decided
            and done stays in the record, without them. Hand organisations that you own to someone else first.
          </Trans>
        </p>
        <div>
          <Button kind="danger" onPress={() => setAsking(true)}>{t`Erase my name and address`}</Button>
        </div>
      </Card>
      {asking && <Erase onClose={() => setAsking(false)} />}
    </div>
  );
}

function Erase({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const act = useAct(EraseMeDocument);
  return (
    <Dialog title={t`Erase my name and address`} open grave onClose={onClose}>
      <p>{t`It cannot be undone. You leave all organisations and are signed out.`}</p>
      <Answer act={act} />
      <Actions>
        <Button
          kind="danger"
          pending={act.isPending}
          onPress={() => act.mutate({}, { onSuccess: () => void signOut() })}
        >
          {t`Erase my name and address`}
        </Button>
        <Button onPress={onClose}>{t`Cancel`}</Button>
      </Actions>
    </Dialog>
  );
}
