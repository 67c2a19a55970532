import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { execute } from "../../data/execute.ts";
import { VerifyLicenceEventDocument } from "../../generated/graphql.ts";
import { logKey } from "../../log/key.ts";
import { ProofError, type ProofFault, verifyProof } from "../../log/verify.ts";
import { formatNumber } from "../../text/number.ts";
import { Button } from "../../ui/Button.tsx";
import { saveText } from "../../ui/save.ts";
import { Verdict } from "../../ui/Verdict.tsx";
import page from "../Page.module.css";

/** The proof that a decision stands in the public log: fetched, checked here in the browser, and kept as a file. */
export function Proof({ licence, number, seq }: { licence: string; number: number; seq: number }) {
  const { t } = useLingui();
  const check = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      const { verifyLicenceEvent: found } = await execute(
        VerifyLicenceEventDocument,
        { licence, seq },
        new AbortController().signal,
      );
      if (!found?.proof) return { state: "PENDING" as const };
      const key = await logKey();
      return { state: "SHOWN" as const, proof: found.proof, key, shown: await verifyProof(found.proof, key) };
    },
  });
  const faultWords: Readonly<Record<ProofFault, string>> = {
    FORM: t`the proof is not readable`,
    KEY: t`the log's key is not the one it says it is`,
    SIGNATURE: t`the checkpoint is not signed by the log`,
    PATH: t`the entry does not stand at that place of the log`,
    COMMITMENT: t`the log holds another decision than this one`,
  };
  const { data, error, isPending } = check;
  const { proof, shown, key } = data?.state === "SHOWN" ? data : {};
  return (
    <div className={page.proof}>
      <p className={page.row}>
        <Button
          size="small"
          pending={isPending}
          onPress={() => check.mutate()}
          aria-label={t`Check the proof of step ${seq}`}
        >
          {t`Check the proof`}
        </Button>
        {proof && (
          <Button size="small" onPress={() => saveText(`madang-${number}-${seq}.tlog-proof`, proof)}>
            {t`Keep the proof as a file`}
          </Button>
        )}
      </p>
      {data?.state === "PENDING" && (
        <p role="status" className="quiet small">{t`It waits for the next batch of the log; ask again in a minute.`}</p>
      )}
      {shown && (
        <Verdict holds>
          <Trans>
            Entry {formatNumber(shown.index)} of {formatNumber(shown.size)} in the public log, {shown.kind}, checked in
            this browser with the key <code>{key?.slice(0, 40)}</code>. With the file and examples/verify-log.py anyone
            can check it without this page.
          </Trans>
        </Verdict>
      )}
      {error && (
        <Verdict holds={false}>
          {error instanceof ProofError ? faultWords[error.fault] : t`The proof could not be fetched: ${error.message}`}
        </Verdict>
      )}
    </div>
  );
}
