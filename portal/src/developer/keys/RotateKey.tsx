import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useAct } from "../../data/act.ts";
import { type KeyPartsFragment, type NewKeyFragment, RotateKeyDocument } from "../../generated/graphql.ts";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Actions, Form } from "../../ui/form/Form.tsx";
import { NumberField } from "../../ui/form/NumberField.tsx";
import { useForm } from "../../ui/form/useForm.ts";

const MOST_HOURS = 168;

type RotateProps = { apiKey: KeyPartsFragment; onClose: () => void; onMade: (made: NewKeyFragment) => void };

/** A new key in the place of an old one, which works on for some hours so that no program stands still. */
export function RotateKey({ apiKey, onClose, onMade }: RotateProps) {
  const { t } = useLingui();
  const [hours, setHours] = useState<number | null>(24);
  const act = useAct(RotateKeyDocument);
  const form = useForm(
    { overlapHours: hours === null ? t`Write whole hours, 0 to ${MOST_HOURS}.` : undefined },
    act.error,
  );
  return (
    <Dialog title={t`Rotate ${apiKey.name}`} open onClose={onClose}>
      <Form
        label={t`Rotate ${apiKey.name}`}
        errors={form.errors}
        tries={form.tries}
        onSubmit={() => {
          if (!form.passes() || act.isPending) return;
          act.mutate({ key: apiKey.id, overlapHours: hours ?? 0 }, { onSuccess: onMade });
        }}
      >
        <p>{t`You get a new key with the same rights. The old one works on for a while and then ends by itself.`}</p>
        <NumberField
          name="overlapHours"
          label={t`The old key works for another`}
          unit={t`hours`}
          least={0}
          most={MOST_HOURS}
          value={hours}
          onChange={setHours}
          error={form.errors["overlapHours"]}
        />
        <Answer act={act} />
        <Actions>
          <Button type="submit" kind="primary" pending={act.isPending}>{t`Make the new key`}</Button>
          <Button onPress={onClose}>{t`Cancel`}</Button>
        </Actions>
      </Form>
    </Dialog>
  );
}
