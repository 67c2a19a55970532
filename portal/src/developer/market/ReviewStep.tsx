import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useAct } from "../../data/act.ts";
import { estimateOf } from "../../data/market.ts";
import { RequestLicenceDocument } from "../../generated/graphql.ts";
import { Trouble } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatMoney } from "../../text/money.ts";
import { formatDate } from "../../text/time.ts";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card, Code } from "../../ui/Card.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Actions, Form } from "../../ui/form/Form.tsx";
import { Check } from "../../ui/form/ManyOf.tsx";
import { useForm } from "../../ui/form/useForm.ts";
import { purposeWord } from "../../ui/marketWords.ts";
import { TermsFacts } from "../licence/TermsFacts.tsx";
import page from "../Page.module.css";
import type { StepProps } from "./Ask.tsx";
import { useRequestErrors } from "./faults.ts";
import { faultsOf } from "./request.ts";
import { TermsText } from "./TermsText.tsx";

type ReviewProps = StepProps & { renews: string | null; onSent: (licence: { id: string; number: number }) => void };

/** Everything once more, with terms, price and the day of the decision; then it is sent. */
export function ReviewStep({ viewer, offer, draft, onChange, today, steps, renews, onBack, onSent }: ReviewProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const act = useAct(RequestLicenceDocument);
  const form = useForm(useRequestErrors(draft, 2, today), act.error);
  const organization = viewer.organizations.find((known) => known.organization.id === draft.organization)?.organization;
  const asked = {
    area: draft.reach === "all" ? null : [...draft.area],
    from: draft.from,
    to: draft.to,
    step: steps.includes(draft.step) ? draft.step : null,
    quota: draft.quota ?? 0,
  };
  const unfinished = !organization || [0, 1].some((step) => faultsOf(draft, step, today).length > 0);
  const send = (): void => {
    if (!form.passes() || act.isPending || unfinished) return;
    const { organization: by, purpose, purposeText } = draft;
    act.mutate(
      { input: { offer: offer.id, organization: by, purpose, purposeText: purposeText.trim(), ...asked, renews } },
      { onSuccess: ({ licence }) => onSent(licence) },
    );
  };
  if (unfinished) {
    return (
      <p>
        <Trans>Some entries before this step are missing or no longer fit.</Trans>{" "}
        <Button size="small" onPress={onBack}>{t`Back`}</Button>
      </p>
    );
  }
  return (
    <Form label={t`Read and send`} errors={form.errors} tries={form.tries} onSubmit={send}>
      <div className={page.columns}>
        <Card title={t`You ask for`}>
          <Facts
            facts={[
              [t`Organisation`, organization.name[language]],
              [t`Purpose`, purposeWord(draft.purpose, t)],
            ]}
          />
          <TermsFacts terms={asked} />
          <p className={page.user}>{draft.purposeText}</p>
        </Card>
        <Estimated offer={offer} draft={draft} />
      </div>
      <Card title={t`The terms in words`}>
        <TermsText text={offer.text[language]} />
        <Code summary={t`The same terms for programs (ODRL 2.2)`} text={JSON.stringify(offer.terms, null, 2)} />
      </Card>
      <Check
        name="accepted"
        selected={draft.accepted}
        onChange={(accepted) => onChange({ accepted })}
        error={form.errors["accepted"]}
      >
        {t`I have read these terms and accept them for the organisation.`}
      </Check>
      <Answer act={act} />
      <Actions>
        <Button onPress={onBack}>{t`Back`}</Button>
        <Button type="submit" kind="primary" pending={act.isPending}>{t`Send the request`}</Button>
      </Actions>
    </Form>
  );
}

function Estimated({ offer, draft }: Pick<StepProps, "offer" | "draft">) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { data, error, refetch } = useQuery(
    estimateOf({ offer: offer.id, quota: draft.quota ?? 0, from: draft.from, to: draft.to }),
  );
  if (!data) {
    return (
      <Card title={t`Price and decision`}>
        {error ? <Trouble error={error} onRetry={() => void refetch()} /> : <p role="status">{t`Asking the hub`}</p>}
      </Card>
    );
  }
  const { estimate } = data;
  if (!estimate) return null;
  const { priceMinor, currency, decisionBy, lines } = estimate;
  return (
    <Card title={t`Price and decision`}>
      <p className={page.lead}>
        {priceMinor === 0
          ? t`Free of charge.`
          : t`At most ${formatMoney(priceMinor, currency, language)} for the period.`}
      </p>
      {priceMinor > 0 && (
        <Facts
          facts={lines.map(({ text, amountMinor }) => [text[language], formatMoney(amountMinor, currency, language)])}
        />
      )}
      <p>
        <Trans>
          Decided by <strong>{formatDate(Date.parse(decisionBy), language, offer.dataset.city.timeZone)}</strong> at the
          latest. A price is agreed only when you accept what was granted.
        </Trans>
      </p>
    </Card>
  );
}
