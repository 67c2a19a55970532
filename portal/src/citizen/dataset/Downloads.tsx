import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useState } from "react";
import { durationLength } from "../../text/time.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";
import { firstSpan, periodOf, SUM, shownPlace } from "./search.ts";
import { curlOf, exportHref, graphqlOf } from "./snippet.ts";

const route = getRouteApi("/datasets/$slug");

/** Files of the shown period and place, and the same question for a program. */
export function Downloads({ dataset }: { dataset: Dataset }) {
  const { t } = useLingui();
  const search = route.useSearch();
  const [way, setWay] = useState<"graphql" | "curl">("graphql");
  const { extent, plan, distributions } = dataset;
  const shown = shownPlace(dataset, search.place);
  const place = shown === SUM ? undefined : shown;
  const period = extent && shownPeriod(extent, search.span, plan?.step ?? "PT1H");
  const question = {
    dataset: dataset.slug,
    place,
    ...(period ?? { from: "", to: "" }),
  };
  const snippet = way === "graphql" ? graphqlOf(question) : curlOf(question, window.location.origin);
  return (
    <section className={styles.card} aria-labelledby="files">
      <h2 id="files">{t`Take it with you`}</h2>
      {distributions.length > 0 ? (
        <ul className={styles.files}>
          {distributions.map(({ format, href }) => (
            <li key={format}>
              <a href={exportHref(href, period, place)} className={styles.file} download>
                <Download size={18} aria-hidden="true" />
                <span>{t`Download ${format}`}</span>
              </a>
            </li>
          ))}
        </ul>
      ) : (
        <p>
          <Trans>There is no open file of this dataset.</Trans>
        </p>
      )}
      {distributions.length > 0 && period && (
        <p className="quiet small">
          <Trans>
            The period and the place chosen above, with intervals, withheld reasons, licence and attribution.
          </Trans>
        </p>
      )}
      {period && (
        <>
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
      )}
    </section>
  );
}

function shownPeriod(
  extent: { from: string; to: string },
  span: ReturnType<typeof firstSpan> | undefined,
  step: string,
) {
  const released = { from: Date.parse(extent.from), to: Date.parse(extent.to) };
  const { from, to } = periodOf(span ?? firstSpan(durationLength(step), released), released);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
