import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Fault } from "../data/execute.ts";
import { viewerNow } from "../data/market.ts";
import type { RealmRole, ViewerQuery } from "../generated/graphql.ts";
import { RequireSession } from "../identity/RequireSession.tsx";
import { Trouble, Waiting } from "../shell/Faults.tsx";
import { Notice } from "../ui/Notice.tsx";
import styles from "./Desk.module.css";
import { roleWord } from "./roles.ts";

export type Viewer = NonNullable<ViewerQuery["viewer"]>;

type DeskProps = {
  title: string;
  /** Why one has to be signed in here, as a sentence. */
  why: string;
  /** One of these roles of the hub is needed; without, every signed-in person may enter. */
  roles?: readonly RealmRole[];
  children: (viewer: Viewer) => ReactNode;
};

/**
 * The frame of the pages for signed-in people. Who is not signed in, or lacks the role, reads why and how to go on; after
 * signing in the same page stands there again.
 */
export function Desk({ title, why, roles, children }: DeskProps) {
  return (
    <div className={styles.desk}>
      <RequireSession why={why}>
        <Inside title={title} roles={roles}>
          {children}
        </Inside>
      </RequireSession>
    </div>
  );
}

type InsideProps = Pick<DeskProps, "title" | "children"> & { roles: readonly RealmRole[] | undefined };

function Inside({ title, roles, children }: InsideProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(viewerNow());
  const viewer = data?.viewer;
  return (
    <>
      <title>{`${title} · ${t`Madang`}`}</title>
      {viewer ? (
        <>
          <DeskNav viewer={viewer} />
          {!roles || roles.some((role) => viewer.roles.includes(role)) ? (
            children(viewer)
          ) : (
            <ForOthers title={title} roles={roles} />
          )}
        </>
      ) : (
        <>
          <h1>{title}</h1>
          {data || error ? (
            <Trouble
              error={error ?? new Fault("UNAUTHENTICATED", t`The hub does not know who you are. Sign in again.`)}
              onRetry={() => void refetch()}
            />
          ) : (
            <Waiting />
          )}
        </>
      )}
    </>
  );
}

/** A page of another role: says whose it is. */
function ForOthers({ title, roles }: { title: string; roles: readonly RealmRole[] }) {
  const { t } = useLingui();
  const needed = roles.map((role) => t(roleWord(role))).join(", ");
  return (
    <>
      <h1>{title}</h1>
      <Notice title={t`This page is for others`}>
        <p>
          <Trans>
            It belongs to these roles: {needed}. Your account has none of them. Whoever runs the hub gives roles.
          </Trans>
        </p>
        <p>
          <Link to="/licences">{t`To my licences`}</Link>
        </p>
      </Notice>
    </>
  );
}

function DeskNav({ viewer }: { viewer: Viewer }) {
  const { t } = useLingui();
  const has = (...roles: RealmRole[]): boolean => roles.some((role) => viewer.roles.includes(role));
  return (
    <nav className={styles.nav} aria-label={t`My pages`}>
      <Link to="/requests">{t`Requests`}</Link>
      <Link to="/licences">{t`Licences`}</Link>
      <Link to="/keys">{t`Keys`}</Link>
      <Link to="/organization">{t`Organisation`}</Link>
      <Link to="/account">{t`Account`}</Link>
      {has("STEWARD", "ADMIN") && <Link to="/steward">{t`Steward's inbox`}</Link>}
      {has("AUDITOR", "ADMIN") && <Link to="/audit">{t`Audit`}</Link>}
    </nav>
  );
}
