import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useAct } from "../../data/act.ts";
import {
  ChangeRoleDocument,
  type MemberRole,
  RemoveMemberDocument,
  TransferOwnershipDocument,
} from "../../generated/graphql.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDate } from "../../text/time.ts";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Actions } from "../../ui/form/Form.tsx";
import { MEMBER_ROLE_MEANING, MEMBER_ROLE_WORD } from "../../ui/marketWords.ts";
import page from "../Page.module.css";
import type { Membership } from "./Organizations.tsx";

type Member = NonNullable<Membership["organization"]["members"]>[number];

/** What may be given by a change of role; ownership is handed over, not given. */
const GIVEN: readonly Exclude<MemberRole, "OWNER">[] = ["MANAGER", "DEVELOPER", "VIEWER"];

/** Who belongs to an organisation, as what; managers change developers and viewers, the owner everyone. */
export function Members({ membership, self }: { membership: Membership; self: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { role: mine, organization } = membership;
  const change = useAct(ChangeRoleDocument);
  const [asking, setAsking] = useState<{ act: "remove" | "transfer"; member: Member }>();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const nameOf = ({ person }: Member): string => person.name ?? person.email ?? t`a person who was erased`;
  const mayChange = ({ person, role }: Member): boolean =>
    organization.closedAt === null &&
    person.id !== self &&
    role !== "OWNER" &&
    (mine === "OWNER" || (mine === "MANAGER" && role !== "MANAGER"));
  const columns: readonly [Column<Member>, ...Column<Member>[]] = [
    {
      name: t`Person`,
      cell: (member) => (
        <>
          {nameOf(member)} {member.person.id === self && <span className="quiet">{t`(you)`}</span>}
        </>
      ),
    },
    { name: t`E-mail`, cell: ({ person }) => person.email },
    {
      name: t`Role`,
      cell: (member) =>
        mayChange(member) && member.role !== "OWNER" ? (
          <Choice
            label={t`Role of ${nameOf(member)}`}
            hidden
            value={member.role}
            options={GIVEN.filter((role) => mine === "OWNER" || role !== "MANAGER").map((role) => ({
              value: role,
              text: t(MEMBER_ROLE_WORD[role]),
            }))}
            onChange={(role) => change.mutate({ organization: organization.id, person: member.person.id, role })}
          />
        ) : (
          t(MEMBER_ROLE_WORD[member.role])
        ),
    },
    { name: t`Since`, cell: ({ joinedAt }) => formatDate(Date.parse(joinedAt), language, zone) },
    {
      name: t`What you can do`,
      cell: (member) =>
        mayChange(member) && (
          <span className={page.row}>
            {mine === "OWNER" && (
              <Button size="small" onPress={() => setAsking({ act: "transfer", member })}>{t`Make owner`}</Button>
            )}
            <Button
              size="small"
              kind="danger"
              aria-label={t`Remove ${nameOf(member)}`}
              onPress={() => setAsking({ act: "remove", member })}
            >
              {t`Remove`}
            </Button>
          </span>
        ),
    },
  ];
  return (
    <Card title={t`Members`}>
      <DataTable
        caption={t`Who belongs to the organisation`}
        rows={organization.members ?? []}
        keyOf={({ person }) => person.id}
        columns={columns}
      />
      <Answer act={change} done={t`The role is changed.`} />
      <ul className={`${page.bullets} quiet small`}>
        {(["OWNER", ...GIVEN] as const).map((role) => (
          <li key={role}>
            {t(MEMBER_ROLE_WORD[role])}: {t(MEMBER_ROLE_MEANING[role])}
          </li>
        ))}
      </ul>
      {asking && (
        <Ask
          act={asking.act}
          organization={organization.id}
          person={asking.member.person.id}
          name={nameOf(asking.member)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Card>
  );
}

type AskProps = {
  act: "remove" | "transfer";
  organization: string;
  person: string;
  name: string;
  onClose: () => void;
};

function Ask({ act: which, organization, person, name, onClose }: AskProps) {
  const { t } = useLingui();
  const remove = useAct(RemoveMemberDocument);
  const transfer = useAct(TransferOwnershipDocument);
  const act = which === "remove" ? remove : transfer;
  const word = which === "remove" ? t`Remove ${name}` : t`Make ${name} the owner`;
  return (
    <Dialog title={word} open grave onClose={onClose}>
      <p>
        {which === "remove"
          ? t`${name} loses access to requests, licences and keys of this organisation at once. What was done stays in the record.`
          : t`${name} becomes the owner and you become a manager. Only the new owner can undo that.`}
      </p>
      <Answer act={act} />
      <Actions>
        <Button
          kind="danger"
          pending={act.isPending}
          onPress={() => act.mutate({ organization, person }, { onSuccess: onClose })}
        >
          {word}
        </Button>
        <Button onPress={onClose}>{t`Cancel`}</Button>
      </Actions>
    </Dialog>
  );
}
