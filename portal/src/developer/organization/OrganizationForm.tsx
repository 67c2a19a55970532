import { useLingui } from "@lingui/react/macro";
import { useAct } from "../../data/act.ts";
import { CreateOrganizationDocument, type Stage } from "../../generated/graphql.ts";
import { useDraft } from "../../identity/useDraft.ts";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { Actions, type Errors, Form } from "../../ui/form/Form.tsx";
import { SelectField } from "../../ui/form/SelectField.tsx";
import { TextField } from "../../ui/form/TextField.tsx";
import { useForm } from "../../ui/form/useForm.ts";
import { STAGE_WORD } from "../../ui/marketWords.ts";

export type OrganizationDraft = {
  readonly nameKo: string;
  readonly nameEn: string;
  /** `PUBLIC` is a body without a stage: a public office, a university, a non-profit. */
  readonly stage: Stage | "PUBLIC" | "";
  readonly url: string;
  readonly registrationNumber: string;
};

const EMPTY: OrganizationDraft = { nameKo: "", nameEn: "", stage: "", url: "", registrationNumber: "" };
const STAGES: readonly Stage[] = ["PRE_STARTUP", "STARTUP", "GROWTH"];

type FormProps = {
  /** Called with the new organisation's id. */
  onDone: (id: string) => void;
  onCancel?: () => void;
};

/** Makes an organisation; the one who makes it becomes its owner. */
export function OrganizationForm({ onDone, onCancel }: FormProps) {
  const { t } = useLingui();
  const { value: draft, set, clear } = useDraft("organization", EMPTY);
  const act = useAct(CreateOrganizationDocument);
  const form = useForm(useOrganizationErrors(draft), act.error);
  const send = (): void => {
    if (!form.passes() || act.isPending) return;
    act.mutate(
      { input: inputOf(draft) },
      {
        onSuccess: ({ organization }) => {
          clear();
          onDone(organization.id);
        },
      },
    );
  };
  return (
    <Form label={t`New organisation`} errors={form.errors} tries={form.tries} onSubmit={send}>
      <OrganizationFields draft={draft} onChange={set} errors={form.errors} />
      <Answer act={act} />
      <Actions>
        <Button type="submit" kind="primary" pending={act.isPending}>{t`Make the organisation`}</Button>
        {onCancel && <Button onPress={onCancel}>{t`Cancel`}</Button>}
      </Actions>
    </Form>
  );
}

export function inputOf({ nameKo, nameEn, stage, url, registrationNumber }: OrganizationDraft) {
  return {
    nameKo: nameKo.trim(),
    nameEn: nameEn.trim(),
    stage: stage === "" || stage === "PUBLIC" ? null : stage,
    url: url.trim() || null,
    registrationNumber: registrationNumber.trim() || null,
  };
}

/** What this page finds wrong by itself. */
export function useOrganizationErrors({ nameKo, nameEn, stage, url }: OrganizationDraft): Errors {
  const { t } = useLingui();
  return {
    nameKo: nameKo.trim() === "" ? t`Write the name in Korean.` : undefined,
    nameEn: nameEn.trim() === "" ? t`Write the name in English, or in Latin letters.` : undefined,
    stage: stage === "" ? t`Choose a stage.` : undefined,
    url:
      url.trim() !== "" && !/^https:\/\/\S+\.\S+/.test(url.trim())
        ? t`Write the address with https:// in front.`
        : undefined,
  };
}

type FieldsProps = {
  draft: OrganizationDraft;
  onChange: (draft: OrganizationDraft) => void;
  errors: Errors;
};

/** The entries of an organisation, for making and for changing one. */
export function OrganizationFields({ draft, onChange, errors }: FieldsProps) {
  const { t } = useLingui();
  const set = (change: Partial<OrganizationDraft>): void => onChange({ ...draft, ...change });
  return (
    <>
      <TextField
        name="nameKo"
        label={t`Name in Korean`}
        value={draft.nameKo}
        onChange={(nameKo) => set({ nameKo })}
        error={errors["nameKo"]}
        maxLength={100}
        autoComplete="organization"
      />
      <TextField
        name="nameEn"
        label={t`Name in English`}
        value={draft.nameEn}
        onChange={(nameEn) => set({ nameEn })}
        error={errors["nameEn"]}
        maxLength={100}
      />
      <SelectField
        name="stage"
        label={t`Stage`}
        help={t`Stewards see it; some prices depend on it. An administrator may ask for proof.`}
        placeholder={t`Choose a stage`}
        value={draft.stage}
        onChange={(stage) => set({ stage })}
        options={[
          ...STAGES.map((stage) => ({ value: stage, text: t(STAGE_WORD[stage]) })),
          { value: "PUBLIC" as const, text: t`Public body, university or non-profit` },
        ]}
        error={errors["stage"]}
      />
      <TextField
        name="url"
        label={t`Website`}
        optional
        type="url"
        value={draft.url}
        onChange={(url) => set({ url })}
        error={errors["url"]}
        maxLength={200}
        placeholder="https://"
      />
      <TextField
        name="registrationNumber"
        label={t`Business registration number`}
        optional
        help={t`Needed once, for the attestation of a business. Who has not founded yet leaves it empty.`}
        value={draft.registrationNumber}
        onChange={(registrationNumber) => set({ registrationNumber })}
        error={errors["registrationNumber"]}
        maxLength={40}
        short
      />
    </>
  );
}
