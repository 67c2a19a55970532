import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { myKeys } from "../../data/market.ts";
import type { NewKeyFragment } from "../../generated/graphql.ts";
import { Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { Desk, type Viewer } from "../Desk.tsx";
import page from "../Page.module.css";
import { mayIn, organizationsFor } from "../roles.ts";
import { KeyForm } from "./KeyForm.tsx";
import { KeyTable } from "./KeyTable.tsx";
import { Secret } from "./Secret.tsx";

/** The keys by which programs of my organisations ask. */
export function Keys() {
  const { t } = useLingui();
  return (
    <Desk title={t`Keys`} why={t`A key belongs to an organisation, and whoever holds it may ask in its name.`}>
      {(viewer) => <Mine viewer={viewer} />}
    </Desk>
  );
}

function Mine({ viewer }: { viewer: Viewer }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { data, error, refetch } = useQuery(myKeys());
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewKeyFragment>();
  const mayMake = organizationsFor(viewer, "develop");
  const usable = (data?.licences.nodes ?? []).filter(
    ({ state, organization }) => state === "ACTIVE" && mayIn(viewer, organization.id, "develop"),
  );
  const named = new Map(viewer.organizations.map(({ organization }) => [organization.id, organization.name[language]]));
  const groups = (data?.viewer?.organizations ?? []).filter(({ organization }) => (organization.keys ?? []).length > 0);
  const show = (key: NewKeyFragment): void => {
    setMaking(false);
    setMade(key);
  };
  return (
    <div className={page.page}>
      <header className={page.head}>
        <h1>{t`Keys`}</h1>
        <p className="quiet">
          <Trans>
            Programs ask with a key in the Authorization header. Of a key the hub keeps its beginning and a fingerprint.
          </Trans>
        </p>
        {!making && mayMake.length > 0 && (
          <Button kind="primary" onPress={() => setMaking(true)}>{t`Make a key`}</Button>
        )}
      </header>
      {making && (
        <Card title={t`New key`}>
          <KeyForm
            organizations={mayMake.map(({ id, name }) => ({ id, text: name[language] }))}
            licences={usable}
            onMade={show}
            onCancel={() => setMaking(false)}
          />
        </Card>
      )}
      {!data && (error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />)}
      {data && groups.length === 0 && !making && (
        <Empty>
          {mayMake.length > 0 ? (
            <p>
              <Trans>No key yet. A sandbox key works at once on synthetic data, without a licence.</Trans>
            </p>
          ) : (
            <>
              <p>
                <Trans>A key belongs to an organisation in which you are developer, manager or owner.</Trans>
              </p>
              <Link to="/organization" className={buttonClass("primary")}>{t`Make an organisation`}</Link>
            </>
          )}
        </Empty>
      )}
      {groups.map(({ organization }) => (
        <section key={organization.id} className={page.section}>
          <h2>{named.get(organization.id)}</h2>
          <KeyTable
            caption={t`Keys, newest first`}
            keys={organization.keys ?? []}
            mine={mayIn(viewer, organization.id, "develop")}
            onMade={show}
          />
        </section>
      ))}
      {made?.secret && <Secret made={made} onClose={() => setMade(undefined)} />}
    </div>
  );
}
