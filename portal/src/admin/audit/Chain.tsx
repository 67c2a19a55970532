import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { auditChain } from "../../data/market.ts";
import page from "../../developer/Page.module.css";
import { accessToken } from "../../identity/session.ts";
import { formatNumber } from "../../text/number.ts";
import { Button } from "../../ui/Button.tsx";
import { saveText } from "../../ui/save.ts";
import { Verdict } from "../../ui/Verdict.tsx";

/** Whether each entry of the trail follows from the one before, asked for by hand; and the whole of it as a file. */
export function Chain() {
  const { t } = useLingui();
  const { data, error, isFetching, refetch } = useQuery(auditChain());
  const save = useMutation({
    networkMode: "always",
    mutationFn: async (form: "csv" | "jsonl") => {
      const token = await accessToken();
      const answer = await fetch(`/market/audit.${form}`, { headers: { authorization: `Bearer ${token ?? ""}` } });
      if (!answer.ok) throw new Error(String(answer.status));
      saveText(`madang-audit.${form}`, await answer.text(), answer.headers.get("content-type") ?? "text/plain");
    },
  });
  const { ok, entries, head, faults } = data?.auditVerified ?? {};
  return (
    <section className={page.section} aria-label={t`The record as a whole`}>
      <p className={page.row}>
        <Button kind="primary" pending={isFetching} onPress={() => void refetch()}>{t`Verify the record`}</Button>
        <Button pending={save.isPending} onPress={() => save.mutate("csv")}>{t`Save as CSV`}</Button>
        <Button pending={save.isPending} onPress={() => save.mutate("jsonl")}>{t`Save as JSON Lines`}</Button>
      </p>
      {save.error && <p role="alert">{t`The file could not be fetched.`}</p>}
      {isFetching && <p role="status" className="quiet small">{t`Every entry is being checked`}</p>}
      {!isFetching && error && <p role="alert">{t`The hub could not check the record: ${error.message}`}</p>}
      {!isFetching && ok === true && (
        <Verdict holds>
          <Plural value={entries ?? 0} one="# entry, each follows" other="# entries, each follows" />{" "}
          <Trans>
            from the one before. Keep the last hash elsewhere: <code>{head}</code>
          </Trans>
        </Verdict>
      )}
      {!isFetching && ok === false && (
        <Verdict holds={false}>
          <ul className={page.bullets}>
            {faults?.map(({ number, fault }) => (
              <li key={`${number} ${fault}`}>
                {t`Entry ${formatNumber(number)}`}:{" "}
                {fault === "CHAIN"
                  ? t`the entry before is another one, or gone`
                  : fault === "PERSONAL"
                    ? t`its personal part was changed`
                    : t`it was changed`}
              </li>
            ))}
          </ul>
        </Verdict>
      )}
    </section>
  );
}
