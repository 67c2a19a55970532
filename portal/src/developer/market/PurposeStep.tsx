import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useLanguage } from "../../text/i18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Actions, Form } from "../../ui/form/Form.tsx";
import { OneOf } from "../../ui/form/OneOf.tsx";
import { SelectField } from "../../ui/form/SelectField.tsx";
import { TextField } from "../../ui/form/TextField.tsx";
import { useForm } from "../../ui/form/useForm.ts";
import { ANY_PURPOSE, purposeWord } from "../../ui/marketWords.ts";
import { OrganizationForm } from "../organization/OrganizationForm.tsx";
import page from "../Page.module.css";
import { organizationsFor } from "../roles.ts";
import type { StepProps } from "./Ask.tsx";
import { useRequestErrors } from "./faults.ts";
import { LONGEST_PURPOSE } from "./request.ts";

/** Who asks, and what for. */
export function PurposeStep({ viewer, offer, draft, onChange, today, onNext }: StepProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const organizations = organizationsFor(viewer, "develop");
  const [making, setMaking] = useState(false);
  const known = organizations.some(({ id }) => id === draft.organization) ? draft.organization : "";
  const form = useForm(useRequestErrors({ ...draft, organization: known }, 0, today), null);
  if (organizations.length === 0 || making) {
    return (
      <Card title={t`First, your organisation`}>
        <p>
          <Trans>A licence belongs to an organisation: a company, a public body, or a team before its founding.</Trans>
        </p>
        <OrganizationForm
          onDone={(organization) => {
            onChange({ organization });
            setMaking(false);
          }}
          {...(organizations.length > 0 ? { onCancel: () => setMaking(false) } : {})}
        />
      </Card>
    );
  }
  return (
    <Form
      label={t`Who and what for`}
      errors={form.errors}
      tries={form.tries}
      onSubmit={() => {
        if (form.passes()) onNext();
      }}
    >
      <div className={page.ends}>
        <SelectField
          name="organization"
          label={t`Organisation`}
          placeholder={t`Choose an organisation`}
          value={known}
          onChange={(organization) => onChange({ organization })}
          options={organizations.map(({ id, name }) => ({ value: id, text: name[language] }))}
          error={form.errors["organization"]}
        />
        <Button size="small" onPress={() => setMaking(true)}>{t`Another organisation`}</Button>
      </div>
      <OneOf
        name="purpose"
        label={t`Purpose`}
        help={t`Data may be used for this purpose alone.`}
        value={draft.purpose}
        onChange={(purpose) => onChange({ purpose })}
        options={(offer.purposes.length > 0 ? offer.purposes : ANY_PURPOSE).map((purpose) => ({
          value: purpose,
          text: purposeWord(purpose, t),
        }))}
        error={form.errors["purpose"]}
      />
      <TextField
        name="purposeText"
        label={t`What will you do with the data?`}
        help={t`Two or three sentences: the product or study, who uses it, why this dataset. Stewards decide on this; they, auditors and your organisation read it.`}
        long
        maxLength={LONGEST_PURPOSE}
        value={draft.purposeText}
        onChange={(purposeText) => onChange({ purposeText })}
        error={form.errors["purposeText"]}
      />
      <Actions>
        <Button type="submit" kind="primary">{t`Go on`}</Button>
      </Actions>
    </Form>
  );
}
