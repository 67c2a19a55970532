import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { SearchField } from "react-aria-components/SearchField";
import { datasetList } from "../../data/queries.ts";
import type { DatasetsQuery, DatasetsQueryVariables } from "../../generated/graphql.ts";
import { LastKnown, Trouble, Waiting } from "../../shell/Faults.tsx";
import { DatasetRow } from "./DatasetRow.tsx";
import styles from "./Datasets.module.css";
import { Facets } from "./Facets.tsx";
import { type ListSearch, readListSearch } from "./search.ts";

const PAGE = 20;

/** What a filter or the search changes; an empty or undefined text takes the filter away. */
type Change = Partial<Record<"q" | "domain" | "city" | "tier", string | undefined>>;

const route = getRouteApi("/datasets");

/** All datasets: found by words and facets, a page at a time. The address holds the question. */
export function Datasets() {
  const { t } = useLingui();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(datasetList(variablesOf(search)));
  const ask = (change: Change): void => {
    const { after: _after, before: _before, ...kept } = search;
    void navigate({ search: readListSearch({ ...kept, ...change }), replace: true });
  };
  return (
    <div className={styles.page}>
      <title>{t`Data · Madang`}</title>
      <header className={styles.head}>
        <h1>{t`Data`}</h1>
        <p className="quiet">
          <Trans>
            Released statistics and facts of the city. Open data need no login and may be downloaded at once.
          </Trans>
        </p>
        <SearchField
          className={styles.search ?? ""}
          defaultValue={search.q ?? ""}
          onSubmit={(q) => ask({ q: q.trim() })}
          onClear={() => ask({ q: "" })}
        >
          <Label className="visually-hidden">{t`Search in title, description and keywords`}</Label>
          <Input className={styles.input ?? ""} placeholder={t`crowd, bikes, boardings`} />
          <Button className={styles.clear ?? ""} aria-label={t`Clear the search`}>
            <span aria-hidden="true">×</span>
          </Button>
          <Go onGo={(q) => ask({ q: q.trim() })} />
        </SearchField>
      </header>
      {error && !data && <Trouble error={error} onRetry={() => void refetch()} />}
      {error && data && <LastKnown>{t`No connection to the hub. This is the last known list.`}</LastKnown>}
      {!data && !error && <Waiting />}
      {data && (
        <div className={styles.columns}>
          <Facets facets={data.datasets.facets} cities={data.cities} search={search} onAsk={ask} />
          <section aria-labelledby="found" className={styles.results}>
            <h2 id="found" className={styles.found}>
              <span role="status">
                <Plural value={data.datasets.totalCount} one="# dataset" other="# datasets" />
              </span>
            </h2>
            <List nodes={data.datasets.nodes} onReset={() => void navigate({ search: {} })} />
            <Pages pageInfo={data.datasets.pageInfo} />
          </section>
        </div>
      )}
    </div>
  );
}

/** A button that takes the field's text: some people look for one. */
function Go({ onGo }: { onGo: (q: string) => void }) {
  const { t } = useLingui();
  return (
    <button
      type="button"
      className={styles.go}
      aria-label={t`Search`}
      onClick={(event) => {
        const input = event.currentTarget.parentElement?.querySelector("input");
        onGo(input?.value ?? "");
      }}
    >
      <Search size={18} aria-hidden="true" />
    </button>
  );
}

function List({ nodes, onReset }: { nodes: DatasetsQuery["datasets"]["nodes"]; onReset: () => void }) {
  if (nodes.length === 0) {
    return (
      <div className={styles.empty}>
        <p>
          <Trans>Nothing fits these words and filters. Fewer words or no filter find more.</Trans>
        </p>
        <button type="button" className={styles.reset} onClick={onReset}>
          <Trans>Show everything</Trans>
        </button>
      </div>
    );
  }
  return (
    <ul className={styles.list}>
      {nodes.map((dataset) => (
        <DatasetRow key={dataset.slug} dataset={dataset} />
      ))}
    </ul>
  );
}

function Pages({ pageInfo }: { pageInfo: DatasetsQuery["datasets"]["pageInfo"] }) {
  const { t } = useLingui();
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <nav className={styles.pages} aria-label={t`Pages`}>
      {hasPreviousPage && startCursor ? (
        <Link from="/datasets" search={({ after: _after, ...kept }) => ({ ...kept, before: startCursor })}>
          {t`Previous`}
        </Link>
      ) : (
        <span />
      )}
      {hasNextPage && endCursor && (
        <Link from="/datasets" search={({ before: _before, ...kept }) => ({ ...kept, after: endCursor })}>
          {t`Next`}
        </Link>
      )}
    </nav>
  );
}

function variablesOf({ q, domain, city, tier, after, before }: ListSearch): DatasetsQueryVariables {
  return {
    ...(before ? { last: PAGE, before } : { first: PAGE, after: after ?? null }),
    search: q ?? null,
    domain: domain ?? null,
    city: city ?? null,
    tier: tier ?? null,
  };
}
