import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { KeyPartsFragment, NewKeyFragment } from "../../generated/graphql.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDate, formatLocalDay } from "../../text/time.ts";
import { Button } from "../../ui/Button.tsx";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { useNow } from "../../ui/useNow.ts";
import page from "../Page.module.css";
import styles from "./Keys.module.css";
import { RevokeKey } from "./RevokeKey.tsx";
import { RotateKey } from "./RotateKey.tsx";
import { scopeWord } from "./scopes.ts";

type Key = KeyPartsFragment;

type KeyTableProps = {
  caption: string;
  keys: readonly Key[];
  /** Whether the reader may rotate and revoke them. */
  mine: boolean;
  onMade: (made: NewKeyFragment) => void;
};

/** Keys by their beginning; what they open, until when, and when they were last used, to the day. */
export function KeyTable({ caption, keys, mine, onMade }: KeyTableProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const now = useNow();
  const [asking, setAsking] = useState<{ act: "rotate" | "revoke"; key: Key }>();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const date = (at: string): string => formatDate(Date.parse(at), language, zone);
  const isOver = ({ revokedAt, expiresAt }: Key): boolean =>
    revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= now);
  const until = ({ revokedAt, expiresAt }: Key): string => {
    if (revokedAt) return t`revoked on ${date(revokedAt)}`;
    if (!expiresAt) return t`no last day`;
    return Date.parse(expiresAt) <= now ? t`ended on ${date(expiresAt)}` : t`until ${date(expiresAt)}`;
  };
  const columns: readonly [Column<Key>, ...Column<Key>[]] = [
    {
      name: t`Name`,
      cell: (key) => (
        <span className={isOver(key) ? styles.off : undefined}>
          {key.name} <code>{key.start}</code>
          {key.makerLeft && !isOver(key) && (
            <span className={styles.warning}>{t`Made by someone who has left and may still know it: rotate it.`}</span>
          )}
        </span>
      ),
    },
    {
      name: t`For`,
      cell: ({ licence, environment }) =>
        licence ? (
          <Link to="/licences/$id" params={{ id: licence.id }}>{t`No. ${licence.number}`}</Link>
        ) : environment === "TEST" ? (
          t`Sandbox`
        ) : null,
    },
    {
      name: t`Opens`,
      cell: ({ scopes, ipAllow }) =>
        [
          ...scopes.map((scope) => t(scopeWord(scope))),
          ...(ipAllow.length > 0 ? [t`only from ${ipAllow.join(", ")}`] : []),
        ].join("; "),
    },
    { name: t`Holds`, cell: until },
    {
      name: t`Last used`,
      cell: ({ lastUsedOn }) => (lastUsedOn == null ? t`never` : formatLocalDay(lastUsedOn, language)),
    },
    ...(mine
      ? [
          {
            name: t`What you can do`,
            cell: (key: Key) =>
              !isOver(key) && (
                <span className={page.row}>
                  <Button
                    size="small"
                    aria-label={t`Rotate ${key.name}`}
                    onPress={() => setAsking({ act: "rotate", key })}
                  >
                    {t`Rotate`}
                  </Button>
                  <Button
                    size="small"
                    kind="danger"
                    aria-label={t`Revoke ${key.name}`}
                    onPress={() => setAsking({ act: "revoke", key })}
                  >
                    {t`Revoke`}
                  </Button>
                </span>
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <DataTable caption={caption} rows={keys} keyOf={({ id }) => id} columns={columns} />
      {asking?.act === "rotate" && (
        <RotateKey
          apiKey={asking.key}
          onClose={() => setAsking(undefined)}
          onMade={(made) => {
            setAsking(undefined);
            onMade(made);
          }}
        />
      )}
      {asking?.act === "revoke" && <RevokeKey apiKey={asking.key} onClose={() => setAsking(undefined)} />}
    </>
  );
}
