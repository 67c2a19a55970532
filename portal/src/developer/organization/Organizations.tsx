import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { myOrganizations } from "../../data/market.ts";
import type { MyOrganizationsQuery } from "../../generated/graphql.ts";
import { Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { Desk, type Viewer } from "../Desk.tsx";
import page from "../Page.module.css";
import { Endings } from "./Endings.tsx";
import { Invitations } from "./Invitations.tsx";
import { Members } from "./Members.tsx";
import { MyInvitations } from "./MyInvitations.tsx";
import { OrganizationForm } from "./OrganizationForm.tsx";
import { Profile } from "./Profile.tsx";

export type Membership = NonNullable<MyOrganizationsQuery["viewer"]>["organizations"][number];

const route = getRouteApi("/organization");

/** My organisations: who they are, who belongs to them, and how they end. */
export function Organizations() {
  const { t } = useLingui();
  return (
    <Desk title={t`Organisation`} why={t`An organisation is seen by its members only.`}>
      {(viewer) => <Mine viewer={viewer} />}
    </Desk>
  );
}

function Mine({ viewer }: { viewer: Viewer }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { of } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(myOrganizations());
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string>();
  const memberships = data?.viewer?.organizations ?? [];
  const shown =
    memberships.find(({ organization }) => organization.slug === of || organization.id === made) ?? memberships[0];
  return (
    <div className={page.page}>
      <header className={page.head}>
        <h1>{shown ? shown.organization.name[language] : t`Organisation`}</h1>
        <div className={page.row}>
          {memberships.length > 1 && shown && (
            <Choice
              label={t`Organisation`}
              beside
              value={shown.organization.slug}
              options={memberships.map(({ organization }) => ({
                value: organization.slug,
                text: organization.name[language],
              }))}
              onChange={(slug) => void navigate({ search: { of: slug }, replace: true })}
            />
          )}
          {!making && memberships.length > 0 && (
            <Button size="small" onPress={() => setMaking(true)}>{t`Another organisation`}</Button>
          )}
        </div>
      </header>
      <MyInvitations invitations={viewer.invitations} />
      {!data && (error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />)}
      {data && memberships.length === 0 && !making && (
        <Empty>
          <p>
            <Trans>
              You belong to no organisation yet. Make one, a team before its founding will do, or ask the owner of one
              for an invitation.
            </Trans>
          </p>
          <Button kind="primary" onPress={() => setMaking(true)}>{t`Make an organisation`}</Button>
        </Empty>
      )}
      {making && (
        <Card title={t`New organisation`}>
          <OrganizationForm
            onDone={(id) => {
              setMaking(false);
              setMade(id);
              void navigate({ search: {}, replace: true });
            }}
            onCancel={() => setMaking(false)}
          />
        </Card>
      )}
      {shown && (
        <>
          <Profile key={shown.organization.id} membership={shown} />
          <Members membership={shown} self={viewer.person.id} />
          <Invitations membership={shown} />
          <Endings membership={shown} />
        </>
      )}
    </div>
  );
}
