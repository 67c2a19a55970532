import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { LicenceAction } from "../../generated/graphql.ts";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Check } from "../../ui/form/ManyOf.tsx";
import { ACTION_WORD } from "../../ui/marketWords.ts";
import type { Viewer } from "../Desk.tsx";
import page from "../Page.module.css";
import { mayIn } from "../roles.ts";
import { ActPanel } from "./ActPanel.tsx";
import { Effect } from "./Effect.tsx";
import type { Licence } from "./LicencePage.tsx";

/** Taken back only after a second look. */
const GRAVE: readonly LicenceAction[] = ["WITHDRAW", "SURRENDER"];
const RENEWABLE: readonly Licence["state"][] = ["ACTIVE", "EXPIRED"];

/** What the organisation itself can do with its request or licence now. */
export function OwnActions({ licence, viewer }: { licence: Licence; viewer: Viewer }) {
  const { t } = useLingui();
  const { allowedActions, state, offer, id, organization } = licence;
  const [asking, setAsking] = useState<LicenceAction>();
  const may = (action: LicenceAction): boolean => allowedActions.includes(action);
  const renewable = RENEWABLE.includes(state) && mayIn(viewer, organization.id, "develop");
  const grave = GRAVE.filter(may);
  return (
    <>
      {may("ANSWER") && <AnswerQuestion licence={licence} />}
      {may("ACTIVATE") && <Accept licence={licence} />}
      {may("APPEAL") && (
        <Card title={t`Appeal the refusal`}>
          <p>
            <Trans>
              Once, a refusal can be appealed. Another look is taken; say what was overlooked or has changed.
            </Trans>
          </p>
          <ActPanel
            licence={licence}
            action="APPEAL"
            text={{ as: "message", label: t`Why the refusal should be looked at again` }}
          />
        </Card>
      )}
      {(renewable || grave.length > 0) && (
        <div className={page.row}>
          {renewable && (
            <Link
              to="/market/offers/$offer/ask"
              params={{ offer: offer.id }}
              search={{ renews: id }}
              className={buttonClass("plain")}
            >
              {t`Ask for a renewal`}
            </Link>
          )}
          {grave.map((action) => (
            <Button key={action} kind="danger" onPress={() => setAsking(action)}>
              {t(ACTION_WORD[action])}
            </Button>
          ))}
        </div>
      )}
      {asking && (
        <Dialog title={t(ACTION_WORD[asking])} open grave onClose={() => setAsking(undefined)}>
          <ActPanel
            licence={licence}
            action={asking}
            kind="danger"
            text={{ as: "reason", label: t`Reason`, optional: true }}
            onDone={() => setAsking(undefined)}
            onCancel={() => setAsking(undefined)}
          >
            {asking === "WITHDRAW" ? (
              <p>{t`The request ends here. You may ask anew at any time.`}</p>
            ) : (
              <>
                <p>{t`The licence ends now and for good; a new request would be needed.`}</p>
                <Effect licence={licence.id} action="SURRENDER" />
              </>
            )}
          </ActPanel>
        </Dialog>
      )}
    </>
  );
}

function AnswerQuestion({ licence }: { licence: Licence }) {
  const { t } = useLingui();
  const question = licence.messages.findLast(({ fromSteward }) => fromSteward);
  return (
    <Card title={t`The steward asks`}>
      {question && <p className={page.user}>{question.body}</p>}
      <ActPanel licence={licence} action="ANSWER" text={{ as: "message", label: t`Your answer` }} />
    </Card>
  );
}

function Accept({ licence }: { licence: Licence }) {
  const { t } = useLingui();
  const [accepted, setAccepted] = useState(false);
  return (
    <ActPanel
      licence={licence}
      action="ACTIVATE"
      faults={{ accepted: accepted ? undefined : t`Read what was granted and accept it.` }}
    >
      <Check name="accepted" selected={accepted} onChange={setAccepted}>
        {t`I accept the granted terms and conditions for the organisation.`}
      </Check>
    </ActPanel>
  );
}
