import { useLingui } from "@lingui/react/macro";
import { ActPanel } from "../../developer/licence/ActPanel.tsx";
import { stepsFrom } from "../../developer/market/request.ts";
import { ZonePicker } from "../../developer/market/ZonePicker.tsx";
import { useDraft } from "../../identity/useDraft.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatNumber } from "../../text/number.ts";
import { formatDuration } from "../../text/time.ts";
import { DateRange } from "../../ui/form/DateRange.tsx";
import { NumberField } from "../../ui/form/NumberField.tsx";
import { OneOf } from "../../ui/form/OneOf.tsx";
import { SelectField } from "../../ui/form/SelectField.tsx";
import { TextField } from "../../ui/form/TextField.tsx";
import type { Case } from "./DecisionPage.tsx";

/** What a steward has changed so far; kept in this tab until the request is approved. */
type Narrowed = {
  readonly reach: "asked" | "less";
  readonly area: readonly string[];
  readonly period: { readonly from: string; readonly to: string };
  readonly step: string;
  readonly quota: number | null;
  readonly conditions: string;
};

/** Approving as asked, or with less of area, period, resolution or quota, and with conditions. */
export function Approve({ one }: { one: Case }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { asked, granted, dataset, offer, risk } = one;
  const finest = asked.step ?? offer.finestStep ?? dataset.plan?.step ?? "PT1H";
  const zones = dataset.places.nodes.filter(({ slug }) => asked.area === null || asked.area.includes(slug));
  const { value, set, clear } = useDraft<Narrowed>(`approve.${one.id}`, {
    reach: "asked",
    area: asked.area ?? [],
    period: { from: asked.from, to: asked.to },
    step: finest,
    quota: asked.quota,
    conditions: "",
  });
  const { reach, area, period, step, quota, conditions } = value;
  const change = (next: Partial<Narrowed>): void => set({ ...value, ...next });
  if (risk?.firstApprover) {
    return (
      <ActPanel licence={one} action="APPROVE" word={t`Approve as the second`}>
        <p>
          {granted
            ? t`You approve the terms that the first approval set; they stand above as granted.`
            : t`You approve the terms that the first approval set.`}
        </p>
      </ActPanel>
    );
  }
  const faults = {
    area: reach === "less" && area.length === 0 ? t`Choose at least one zone.` : undefined,
    from: period.from < asked.from ? t`Not before ${asked.from}, as asked.` : undefined,
    to:
      period.to > asked.to
        ? t`Not after ${asked.to}, as asked.`
        : period.to < period.from
          ? t`The last day must not be before the first.`
          : undefined,
    quota:
      quota === null || quota < 1 || quota > asked.quota
        ? t`A whole number, 1 to ${formatNumber(asked.quota)}, as asked.`
        : undefined,
  };
  return (
    <ActPanel
      licence={one}
      action="APPROVE"
      faults={faults}
      onDone={clear}
      word={risk?.highRisk ? t`Approve as the first of two` : t`Approve`}
      terms={{
        area: reach === "asked" ? asked.area : [...area],
        ...period,
        step,
        quota: quota ?? 0,
        conditions: conditions.trim() || null,
      }}
    >
      <p className="quiet">{t`Less than asked may be granted, never more. The applicant accepts before it begins.`}</p>
      <OneOf
        name="reach"
        label={t`Area of use`}
        value={reach}
        onChange={(next) => change({ reach: next })}
        options={[
          { value: "asked", text: t`As asked` },
          { value: "less", text: t`Chosen zones only` },
        ]}
      />
      {reach === "less" && (
        <ZonePicker
          zones={zones}
          backdrop={dataset.city.backdrop}
          chosen={area}
          onChange={(next) => change({ area: next })}
          error={faults.area}
        />
      )}
      <DateRange
        label={t`Period of use`}
        from={period.from}
        to={period.to}
        onChange={(next) => change({ period: next })}
        errors={{ from: faults.from, to: faults.to }}
      />
      <SelectField
        name="step"
        label={t`Resolution in time`}
        value={step}
        onChange={(next) => change({ step: next })}
        options={stepsFrom(finest).map((known) => ({
          value: known,
          text: t`one value every ${formatDuration(known, language)}`,
        }))}
      />
      <NumberField
        name="quota"
        label={t`Quota`}
        unit={t`values a month`}
        least={1}
        most={asked.quota}
        value={quota}
        onChange={(next) => change({ quota: next })}
        error={faults.quota}
      />
      <TextField
        name="conditions"
        label={t`Conditions`}
        help={t`In words; the applicant accepts them with the terms.`}
        long
        optional
        maxLength={2000}
        value={conditions}
        onChange={(next) => change({ conditions: next })}
      />
    </ActPanel>
  );
}
