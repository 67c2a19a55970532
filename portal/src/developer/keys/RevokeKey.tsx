import { useLingui } from "@lingui/react/macro";
import { useAct } from "../../data/act.ts";
import { type KeyPartsFragment, RevokeKeyDocument } from "../../generated/graphql.ts";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Actions } from "../../ui/form/Form.tsx";

/** Asks once more before a key ends for good. */
export function RevokeKey({ apiKey, onClose }: { apiKey: KeyPartsFragment; onClose: () => void }) {
  const { t } = useLingui();
  const act = useAct(RevokeKeyDocument);
  return (
    <Dialog title={t`Revoke ${apiKey.name}`} open grave onClose={onClose}>
      <p>{t`Programs that use this key are refused at once. It cannot be taken back; you can make another key.`}</p>
      <Answer act={act} />
      <Actions>
        <Button
          kind="danger"
          pending={act.isPending}
          onPress={() => act.mutate({ key: apiKey.id, reason: null }, { onSuccess: onClose })}
        >
          {t`Revoke the key`}
        </Button>
        <Button onPress={onClose}>{t`Cancel`}</Button>
      </Actions>
    </Dialog>
  );
}
