import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { accessToken } from "../../identity/session.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { saveBlob } from "../../ui/save.ts";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";
import { OfferLinks } from "./OfferLinks.tsx";
import { SUM } from "./search.ts";
import { useShown } from "./shown.ts";
import { curlOf, exportHref, graphqlOf } from "./snippet.ts";

/** Files of the shown period and place, and the same question for a program. */
export function Downloads({ dataset }: { dataset: Dataset }) {
  const { t } = useLingui();
  const { extent, distributions } = dataset;
  return (
    <section className={styles.card} aria-labelledby="files">
      <h2 id="files">{t`Take it with you`}</h2>
      {distributions.length === 0 && (
        <p>
          <Trans>There is no open file of this dataset.</Trans>
        </p>
      )}
      {(dataset.offers ?? []).length > 0 && (
        <>
          <h3>{t`On which terms`}</h3>
          <OfferLinks dataset={dataset} />
        </>
      )}
      {extent && dataset.plan ? <OfShown dataset={dataset} extent={extent} /> : <Files dataset={dataset} />}
    </section>
  );
}

type FilesProps = { dataset: Dataset; period?: { from: string; to: string }; place?: string | undefined };

function Files({ dataset, period, place }: FilesProps) {
  const { t } = useLingui();
  const { distributions } = dataset;
  if (distributions.length === 0) return null;
  return (
    <ul className={styles.files}>
      {distributions.map(({ format, href }) => (
        <li key={format}>
          {dataset.tier === "OPEN" ? (
            <a href={exportHref(href, period ?? null, place)} className={styles.file} download>
              <Download size={18} aria-hidden="true" />
              <span>{t`Download ${format}`}</span>
            </a>
          ) : (
            <OwnFile format={format} href={exportHref(href, period ?? null, place)} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** A file that needs the reader's own access: a link cannot carry it, so the file is fetched and then saved. */
function OwnFile({ format, href }: { format: string; href: string }) {
  const { t } = useLingui();
  const file = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      const token = await accessToken();
      const answer = await fetch(href, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(((await answer.json()) as { detail?: string }).detail ?? String(answer.status));
      saveBlob(href.replace(/^.*\/|\?.*$/g, ""), await answer.blob());
    },
  });
  return (
    <>
      <Button kind="primary" pending={file.isPending} onPress={() => file.mutate()}>
        <Download size={18} aria-hidden="true" />
        <span>{t`Download ${format}`}</span>
      </Button>
      {file.error && <p role="alert">{t`The file could not be fetched: ${file.error.message}`}</p>}
    </>
  );
}

function OfShown({ dataset, extent }: { dataset: Dataset; extent: { from: string; to: string } }) {
  const { t } = useLingui();
  const [way, setWay] = useState<"graphql" | "curl">("graphql");
  const { place, area, asked, step, part } = useShown(dataset, extent);
  const question = {
    dataset: dataset.slug,
    area,
    ...asked,
    step: step === dataset.plan?.step ? null : step,
    destination: part.destination,
    category: part.category,
  };
  const snippet =
    way === "graphql" ? graphqlOf(question) : curlOf(question, window.location.origin, dataset.tier !== "OPEN");
  return (
    <>
      <Files dataset={dataset} period={asked} place={place === SUM ? undefined : place} />
      {dataset.distributions.length > 0 && (
        <p className="quiet small">
          <Trans>
            The period and the place chosen above, with intervals, withheld reasons, licence and attribution.
          </Trans>
        </p>
      )}
      <div className={styles.snippetHead}>
        <h3>{t`Ask by program`}</h3>
        <Segmented
          label={t`Form of the question`}
          value={way}
          onChange={setWay}
          options={[
            { value: "graphql", content: "GraphQL" },
            { value: "curl", content: "curl" },
          ]}
        />
      </div>
      <section className={styles.snippet} aria-label={t`The question`}>
        <pre>
          <code>{snippet}</code>
        </pre>
        <CopyButton text={snippet} />
      </section>
    </>
  );
}
