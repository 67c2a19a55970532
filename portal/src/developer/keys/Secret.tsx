import { Trans, useLingui } from "@lingui/react/macro";
import type { NewKeyFragment } from "../../generated/graphql.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import styles from "./Keys.module.css";

type SecretProps = { made: NewKeyFragment; onClose: () => void };

/** A new key, shown this once, with a call that uses it. */
export function Secret({ made, onClose }: SecretProps) {
  const { t } = useLingui();
  const secret = made.secret ?? "";
  const example = `curl ${window.location.origin}/graphql \\
  -H "Authorization: Bearer $MADANG_KEY" \\
  -H "content-type: application/json" \\
  -d '{"query":"{ datasets(first: 10) { nodes { slug } } }"}'`;
  return (
    <Dialog title={t`Your new key`} open grave onClose={onClose}>
      <p>
        <Trans>
          Store it now: it is shown this once, and the hub keeps only a fingerprint. It belongs in the Authorization
          header alone, never in an address and never in a repository.
        </Trans>
      </p>
      <div className={styles.secret}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text to mark and copy must be reachable by keyboard */}
        <code data-testid="secret" tabIndex={0}>
          {secret}
        </code>
        <CopyButton text={secret} />
      </div>
      <h3>{t`An example`}</h3>
      <div className={styles.secret}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text to mark and copy must be reachable by keyboard */}
        <pre tabIndex={0}>
          <code>{example}</code>
        </pre>
        <CopyButton text={example} />
      </div>
      <div>
        <Button kind="primary" onPress={onClose}>{t`I have stored it`}</Button>
      </div>
    </Dialog>
  );
}
