import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useRouterState } from "@tanstack/react-router";
import { useAct } from "../../data/act.ts";
import { AcceptInvitationDocument } from "../../generated/graphql.ts";
import { Answer } from "../../ui/Answer.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Desk } from "../Desk.tsx";
import page from "../Page.module.css";

/** Where an invitation's link leads. The token stands behind the #, which no server and no log sees. */
export function InvitationPage() {
  const { t } = useLingui();
  return (
    <Desk title={t`Invitation`} why={t`Sign in with the address that was invited; then you can join.`}>
      {(viewer) => <Accept email={viewer.person.email} verified={viewer.emailVerified} />}
    </Desk>
  );
}

function Accept({ email, verified }: { email: string | null; verified: boolean }) {
  const { t } = useLingui();
  const token = useRouterState({ select: ({ location }) => location.hash });
  const act = useAct(AcceptInvitationDocument);
  return (
    <div className={page.page}>
      <h1>{t`You are invited to an organisation`}</h1>
      {act.isSuccess ? (
        <>
          <Answer act={act} done={t`You have joined the organisation.`} />
          <p>
            <Link to="/organization" className={buttonClass("primary")}>{t`To the organisation`}</Link>
          </p>
        </>
      ) : (
        <>
          <p>
            <Trans>
              You are signed in as {email}. An invitation works only for the address it was made for. After joining its
              managers see your name and address.
            </Trans>
          </p>
          <Answer act={act} />
          {!verified && (
            <Notice title={t`Your address is not proved yet`}>
              <p>
                <Trans>
                  An invitation needs an address that was proved to be yours. Open the link in the message of the
                  sign-in service, or ask who runs the hub; then sign in again.
                </Trans>
              </p>
            </Notice>
          )}
          {token === "" ? (
            <p role="alert">{t`The link is not whole. Copy it again from the message in which it came.`}</p>
          ) : (
            <div>
              <Button kind="primary" pending={act.isPending} onPress={() => act.mutate({ token, invitation: null })}>
                {t`Join the organisation`}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  );
}
