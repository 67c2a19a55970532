import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { offerZones } from "../../data/market.ts";
import { Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatNumber } from "../../text/number.ts";
import { formatDuration } from "../../text/time.ts";
import { Button } from "../../ui/Button.tsx";
import { DateRange } from "../../ui/form/DateRange.tsx";
import { Actions, Form } from "../../ui/form/Form.tsx";
import { NumberField } from "../../ui/form/NumberField.tsx";
import { OneOf } from "../../ui/form/OneOf.tsx";
import { SelectField } from "../../ui/form/SelectField.tsx";
import { useForm } from "../../ui/form/useForm.ts";
import type { StepProps } from "./Ask.tsx";
import { useRequestErrors } from "./faults.ts";
import { usePriceSentence } from "./price.ts";
import { ZonePicker } from "./ZonePicker.tsx";

/** Area, period, resolution and quota. */
export function TermsStep({ offer, draft, onChange, today, steps, onNext, onBack }: StepProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const priceOf = usePriceSentence();
  const form = useForm(useRequestErrors(draft, 1, today), null);
  const step = steps.includes(draft.step) ? draft.step : (steps[0] ?? "");
  return (
    <Form
      label={t`What exactly`}
      errors={form.errors}
      tries={form.tries}
      onSubmit={() => {
        if (form.passes()) onNext();
      }}
    >
      <OneOf
        name="reach"
        label={t`Area of use`}
        help={t`Less area is granted more easily.`}
        value={draft.reach}
        onChange={(reach) => onChange({ reach })}
        options={[
          { value: "all", text: t`All zones of the dataset` },
          { value: "zones", text: t`Chosen zones only` },
        ]}
      />
      {draft.reach === "zones" && (
        <Zones offer={offer} chosen={draft.area} onChange={(area) => onChange({ area })} error={form.errors["area"]} />
      )}
      <DateRange
        label={t`Period of use`}
        help={t`Data of these days, both included, on the city's calendar. The licence ends with the last day; a first day in the past takes in what was released since.`}
        from={draft.from}
        to={draft.to}
        onChange={onChange}
        errors={{ from: form.errors["from"], to: form.errors["to"] }}
      />
      <SelectField
        name="step"
        label={t`Resolution in time`}
        help={t`The finest that you need; coarser answers are always possible.`}
        value={step}
        onChange={(next) => onChange({ step: next })}
        options={steps.map((known) => ({ value: known, text: t`one value every ${formatDuration(known, language)}` }))}
      />
      <NumberField
        name="quota"
        label={t`Quota`}
        unit={t`values a month`}
        help={t`A value is one released number that an answer holds. The usual quota of this offer is ${formatNumber(offer.quotaMonthly)}. ${priceOf(offer)}`}
        value={draft.quota}
        onChange={(quota) => onChange({ quota })}
        least={1}
        error={form.errors["quota"]}
      />
      <Actions>
        <Button onPress={onBack}>{t`Back`}</Button>
        <Button type="submit" kind="primary">{t`Go on`}</Button>
      </Actions>
    </Form>
  );
}

type ZonesProps = Pick<StepProps, "offer"> & {
  chosen: readonly string[];
  onChange: (area: string[]) => void;
  error: string | undefined;
};

function Zones({ offer, chosen, onChange, error: fault }: ZonesProps) {
  const { dataset } = offer;
  const { data, error, refetch } = useQuery(offerZones(dataset.slug));
  if (!data) return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />;
  const places = data.dataset?.places;
  return (
    <>
      <ZonePicker
        zones={places?.nodes ?? []}
        backdrop={dataset.city.backdrop}
        chosen={chosen}
        onChange={onChange}
        error={fault}
      />
      {places?.pageInfo.hasNextPage && (
        <p className="quiet small">
          <Trans>The first 100 zones are shown. For others ask for the whole dataset and name them in your text.</Trans>
        </p>
      )}
    </>
  );
}
