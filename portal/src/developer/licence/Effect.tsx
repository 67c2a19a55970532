import { Plural, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { previewOf } from "../../data/market.ts";
import type { LicenceAction } from "../../generated/graphql.ts";
import { formatNumber } from "../../text/number.ts";
import { Notice } from "../../ui/Notice.tsx";
import page from "../Page.module.css";

/** What an act would do if it were done now: who and what stops working. */
export function Effect({ licence, action }: { licence: string; action: LicenceAction }) {
  const { t } = useLingui();
  const { data, error } = useQuery(previewOf(licence, action));
  if (error) return <p className="quiet">{t`The hub could not say what this would do.`}</p>;
  if (!data?.previewAction) return <p role="status" className="quiet">{t`Asking the hub what this would do`}</p>;
  const { stopsAccess, people, keys, usedLastDay, usedThisMonth } = data.previewAction;
  return (
    <Notice kind={stopsAccess ? "trouble" : "plain"} title={t`What this does`}>
      <ul className={page.bullets}>
        <li>
          {stopsAccess
            ? t`Data are refused within a second, running downloads are cut.`
            : t`Nobody loses access by this.`}
        </li>
        <li>
          <Plural value={keys.length} _0="No key is in use." one="# key is concerned." other="# keys are concerned." />{" "}
          {keys.map(({ name }) => name).join(", ")}
        </li>
        <li>
          <Plural value={people} one="# person may use the licence." other="# persons may use the licence." />
        </li>
        <li>{t`In the last 24 hours ${formatNumber(usedLastDay)} values were answered, this month ${formatNumber(usedThisMonth)}.`}</li>
      </ul>
    </Notice>
  );
}
