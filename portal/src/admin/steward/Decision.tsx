import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Viewer } from "../../developer/Desk.tsx";
import { ActPanel } from "../../developer/licence/ActPanel.tsx";
import { Effect } from "../../developer/licence/Effect.tsx";
import type { LicenceAction } from "../../generated/graphql.ts";
import { Card } from "../../ui/Card.tsx";
import { ACTION_WORD, EVENT_WORD } from "../../ui/marketWords.ts";
import { Notice } from "../../ui/Notice.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Approve } from "./Approve.tsx";
import type { Case } from "./DecisionPage.tsx";

const DECISIONS = [
  "APPROVE",
  "ASK",
  "REFUSE",
  "RESUME",
  "SUSPEND",
  "REVOKE",
] as const satisfies readonly LicenceAction[];
type Decided = (typeof DECISIONS)[number];

type DecisionProps = { one: Case; viewer: Viewer };

/** What a steward can do now, one thing at a time; what takes something away shows its effect first. */
export function Decision({ one, viewer }: DecisionProps) {
  return (
    <>
      <Faster one={one} viewer={viewer} />
      <Choose one={one} viewer={viewer} />
    </>
  );
}

/** Says that somebody else has gone on with what stands open here: what is read now is not what was opened. */
function Faster({ one, viewer }: DecisionProps) {
  const { t } = useLingui();
  const [opened] = useState(one.seq);
  const last = one.events.at(-1);
  if (one.seq === opened || !last?.actor || last.actor.id === viewer.person.id) return null;
  const name = last.actor.name ?? t`a person who was erased`;
  return (
    <Notice kind="trouble" role="alert" title={t`Someone was faster`}>
      <p>{t`Last step: ${t(EVENT_WORD[last.action])}, by ${name}. The page shows how it stands now.`}</p>
    </Notice>
  );
}

function Choose({ one, viewer }: DecisionProps) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<Decided>();
  const possible = DECISIONS.filter((action) => one.allowedActions.includes(action));
  const action = possible.find((known) => known === chosen) ?? possible[0];
  const firstByMe = one.risk?.firstApprover?.id === viewer.person.id;
  const member = viewer.organizations.some(({ organization }) => organization.id === one.organization.id);
  if (!action) {
    return (
      <Notice title={t`Nothing to decide`}>
        <p>
          {firstByMe
            ? t`You have approved first. A second, different person has to approve.`
            : member
              ? t`You belong to the applicant, so someone else decides.`
              : t`In this state nothing can be done, or it is the applicant's turn.`}
        </p>
      </Notice>
    );
  }
  return (
    <Card title={t`The decision`}>
      {possible.length > 1 && (
        <Segmented
          label={t`What to do`}
          value={action}
          onChange={setChosen}
          options={possible.map((known) => ({ value: known, content: t(ACTION_WORD[known]) }))}
        />
      )}
      <Panel key={action} one={one} action={action} />
    </Card>
  );
}

function Panel({ one, action }: { one: Case; action: Decided }) {
  const { t } = useLingui();
  switch (action) {
    case "APPROVE":
      return <Approve one={one} />;
    case "ASK":
      return (
        <ActPanel licence={one} action="ASK" text={{ as: "message", label: t`Your question to the applicant` }}>
          <p className="quiet">{t`The request waits until it is answered.`}</p>
        </ActPanel>
      );
    case "REFUSE":
      return (
        <ActPanel
          licence={one}
          action="REFUSE"
          kind="danger"
          text={{ as: "reason", label: t`Reason`, help: t`The applicant reads it and can appeal once.` }}
        />
      );
    case "RESUME":
      return (
        <ActPanel licence={one} action="RESUME" text={{ as: "reason", label: t`Reason`, optional: true }}>
          <p>{t`Data are answered again within the granted terms.`}</p>
        </ActPanel>
      );
    default:
      return (
        <ActPanel
          licence={one}
          action={action}
          kind="danger"
          text={{ as: "reason", label: t`Reason`, help: t`The licensee reads it; it stands in the record.` }}
        >
          <p>
            {action === "SUSPEND"
              ? t`No data are answered until the licence is resumed.`
              : t`The licence ends for good.`}
          </p>
          <Effect licence={one.id} action={action} />
        </ActPanel>
      );
  }
}
