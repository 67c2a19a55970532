import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useAct } from "../../data/act.ts";
import {
  CreateKeyDocument,
  CreateSandboxKeyDocument,
  type LicenceLineFragment,
  type NewKeyFragment,
} from "../../generated/graphql.ts";
import { useDraft } from "../../identity/useDraft.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { Actions, Form } from "../../ui/form/Form.tsx";
import { ManyOf } from "../../ui/form/ManyOf.tsx";
import { SelectField } from "../../ui/form/SelectField.tsx";
import { TextField } from "../../ui/form/TextField.tsx";
import { useForm } from "../../ui/form/useForm.ts";
import { SCOPES, scopeWord } from "./scopes.ts";

export type KeyOwner = { readonly id: string; readonly text: string };

type KeyFormProps = {
  /** Where a sandbox key may be made; none on the page of a licence. */
  organizations: readonly KeyOwner[];
  licences: readonly LicenceLineFragment[];
  onMade: (made: NewKeyFragment) => void;
  onCancel: () => void;
};

type KeyDraft = {
  /** `licence:<id>` or `sandbox:<organisation>` */
  readonly of: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expires: string;
  readonly networks: string;
};

const NETWORK = /^(\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?|[0-9a-f:]*:[0-9a-f:]*(\/\d{1,3})?)$/i;

/** Makes a key: for a licence, or for the sandbox of synthetic data. */
export function KeyForm({ organizations, licences, onMade, onCancel }: KeyFormProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const owners = [
    ...licences.map(({ id, number, dataset }) => ({
      value: `licence:${id}`,
      text: `${t`No. ${number}`}: ${dataset.title[language]}`,
    })),
    ...organizations.map(({ id, text }) => ({ value: `sandbox:${id}`, text: t`Sandbox of ${text}` })),
  ];
  const [kept] = useState<KeyDraft>({
    of: owners[0]?.value ?? "",
    name: "",
    scopes: SCOPES,
    expires: "",
    networks: "",
  });
  const { value: draft, set, clear } = useDraft(`key.${owners[0]?.value ?? ""}`, kept);
  const live = useAct(CreateKeyDocument);
  const test = useAct(CreateSandboxKeyDocument);
  const [kind = "", id = ""] = draft.of.split(/:(.*)/s);
  const act = kind === "sandbox" ? test : live;
  const networks = draft.networks.split(/[\s,]+/).filter(Boolean);
  const form = useForm(
    {
      of: owners.some(({ value }) => value === draft.of) ? undefined : t`Choose what the key is for.`,
      name: draft.name.trim() === "" ? t`Give the key a name, such as the program that uses it.` : undefined,
      scopes: kind === "licence" && draft.scopes.length === 0 ? t`Choose at least one door.` : undefined,
      ipAllow: networks.every((network) => NETWORK.test(network))
        ? undefined
        : t`Write one network a line, such as 203.0.113.0/24.`,
    },
    act.error,
  );
  const change = (next: Partial<KeyDraft>): void => set({ ...draft, ...next });
  const done = (made: NewKeyFragment): void => {
    clear();
    onMade(made);
  };
  const send = (): void => {
    if (!form.passes() || act.isPending) return;
    const name = draft.name.trim();
    if (kind === "sandbox") {
      test.mutate({ organization: id, name }, { onSuccess: done });
      return;
    }
    live.mutate(
      {
        input: {
          licence: id,
          name,
          scopes: [...draft.scopes],
          expiresAt: draft.expires === "" ? null : new Date(`${draft.expires}T23:59:59`).toISOString(),
          ipAllow: networks.length === 0 ? null : networks,
        },
      },
      { onSuccess: done },
    );
  };
  return (
    <Form label={t`New key`} errors={form.errors} tries={form.tries} onSubmit={send}>
      <SelectField
        name="of"
        label={t`For`}
        value={draft.of}
        placeholder={t`Choose what the key is for`}
        onChange={(of) => change({ of })}
        options={owners}
        error={form.errors["of"]}
      />
      {kind === "sandbox" && (
        <p className="quiet">
          <Trans>
            A sandbox key needs no licence and works at once, on datasets that are synthetic and open or registered.
          </Trans>
        </p>
      )}
      <TextField
        name="name"
        label={t`Name`}
        help={t`For you, to tell keys apart.`}
        maxLength={100}
        value={draft.name}
        onChange={(name) => change({ name })}
        error={form.errors["name"]}
      />
      {kind === "licence" && (
        <>
          <ManyOf
            name="scopes"
            label={t`Doors`}
            values={draft.scopes}
            onChange={(scopes) => change({ scopes })}
            options={SCOPES.map((scope) => ({ value: scope, text: t(scopeWord(scope)) }))}
            error={form.errors["scopes"]}
          />
          <TextField
            name="expiresAt"
            label={t`Last day`}
            help={t`Without one the key ends with the licence.`}
            type="date"
            short
            optional
            value={draft.expires}
            onChange={(expires) => change({ expires })}
            error={form.errors["expiresAt"]}
          />
          <TextField
            name="ipAllow"
            label={t`Networks`}
            help={t`One a line, as 203.0.113.0/24. Without any the key works from everywhere.`}
            long
            optional
            spellCheck={false}
            value={draft.networks}
            onChange={(text) => change({ networks: text })}
            error={form.errors["ipAllow"]}
          />
        </>
      )}
      <Answer act={act} />
      <Actions>
        <Button type="submit" kind="primary" pending={act.isPending}>{t`Make the key`}</Button>
        <Button onPress={onCancel}>{t`Cancel`}</Button>
      </Actions>
    </Form>
  );
}
