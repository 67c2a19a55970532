import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { NewKeyFragment } from "../../generated/graphql.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import type { Viewer } from "../Desk.tsx";
import { KeyForm } from "../keys/KeyForm.tsx";
import { KeyTable } from "../keys/KeyTable.tsx";
import { Secret } from "../keys/Secret.tsx";
import { mayIn } from "../roles.ts";
import type { Licence } from "./LicencePage.tsx";

/** The keys of one licence, and the way to another. All keys of a licence share its quota. */
export function LicenceKeys({ licence, viewer }: { licence: Licence; viewer: Viewer }) {
  const { t } = useLingui();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewKeyFragment>();
  const mine = mayIn(viewer, licence.organization.id, "develop");
  const show = (key: NewKeyFragment): void => {
    setMaking(false);
    setMade(key);
  };
  return (
    <Card title={t`Keys of this licence`}>
      {licence.keys.length === 0 && !making && (
        <p className="quiet">
          <Trans>No key yet. Programs need one; all keys of a licence share its quota.</Trans>
        </p>
      )}
      {licence.keys.length > 0 && (
        <KeyTable caption={t`Keys, newest first`} keys={licence.keys} mine={mine} onMade={show} />
      )}
      {making && <KeyForm organizations={[]} licences={[licence]} onMade={show} onCancel={() => setMaking(false)} />}
      {!making && mine && licence.state === "ACTIVE" && (
        <div>
          <Button kind={licence.keys.length === 0 ? "primary" : "plain"} onPress={() => setMaking(true)}>
            {t`Make a key`}
          </Button>
        </div>
      )}
      {made?.secret && <Secret made={made} onClose={() => setMade(undefined)} />}
    </Card>
  );
}
