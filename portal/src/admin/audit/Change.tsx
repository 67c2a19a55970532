import { useLingui } from "@lingui/react/macro";
import type { AuditTrailQuery } from "../../generated/graphql.ts";
import { More } from "../../ui/Card.tsx";
import styles from "./Audit.module.css";

type Entry = AuditTrailQuery["auditTrail"]["nodes"][number];

/** What stood before an act and after it, with the hashes that chain the entry; closed until asked for. */
export function Change({ entry }: { entry: Entry }) {
  const { t } = useLingui();
  const { before, after, personal, personalErased, previous, hash } = entry;
  return (
    <More summary={t`Show`}>
      <dl className={styles.change}>
        <dt>{t`Before`}</dt>
        <dd>
          <code>{readable(before) ?? t`nothing`}</code>
        </dd>
        <dt>{t`After`}</dt>
        <dd>
          <code>{readable(after) ?? t`nothing`}</code>
        </dd>
        {(personal !== null || personalErased) && (
          <>
            <dt>{t`Personal part`}</dt>
            <dd>
              <code>{personalErased ? t`erased` : readable(personal)}</code>
            </dd>
          </>
        )}
        <dt>{t`Hash, and the one before`}</dt>
        <dd>
          <code>{hash}</code>
          <br />
          <code>{previous}</code>
        </dd>
      </dl>
    </More>
  );
}

function readable(json: string | null): string | null {
  if (json === null) return null;
  try {
    return JSON.stringify(JSON.parse(json), null, 1);
  } catch {
    return json;
  }
}
