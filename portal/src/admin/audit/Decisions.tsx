import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { licenceList } from "../../data/market.ts";
import type { Cursor } from "../../data/page.ts";
import { LicenceTable } from "../../developer/licence/LicenceTable.tsx";
import page from "../../developer/Page.module.css";
import type { LicenceState } from "../../generated/graphql.ts";
import { Trouble, Waiting } from "../../shell/Faults.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { Pages } from "../../ui/DataTable.tsx";
import { STEWARD_STATE_WORD } from "../../ui/marketWords.ts";
import { Empty } from "../../ui/Notice.tsx";

const STATES = Object.keys(STEWARD_STATE_WORD) as LicenceState[];

/** Every request and licence by state; behind each stand its decisions with their proofs. */
export function Decisions() {
  const { t } = useLingui();
  const [state, setState] = useState<LicenceState | "ALL">("ALL");
  const [cursor, setCursor] = useState<Cursor>({});
  const { data, error, refetch } = useQuery(licenceList("ALL", state === "ALL" ? null : [state], cursor));
  return (
    <section className={page.section} aria-label={t`Licences and their proofs`}>
      <Choice
        label={t`State`}
        value={state}
        onChange={(next) => {
          setState(next);
          setCursor({});
        }}
        options={[
          { value: "ALL", text: t`All` },
          ...STATES.map((known) => ({ value: known, text: t(STEWARD_STATE_WORD[known]) })),
        ]}
      />
      {!data && (error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />)}
      {data && data.licences.nodes.length === 0 && (
        <Empty>
          <p>{t`Nothing here at the moment.`}</p>
        </Empty>
      )}
      {data && data.licences.nodes.length > 0 && (
        <LicenceTable caption={t`Requests and licences`} rows={data.licences.nodes} moment="due" />
      )}
      {data && <Pages info={data.licences.pageInfo} onTurn={setCursor} />}
    </section>
  );
}
