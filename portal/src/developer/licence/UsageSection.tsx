import { Trans, useLingui } from "@lingui/react/macro";
import { UsageChart } from "../../chart/UsageChart.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatMoment } from "../../text/time.ts";
import { Card } from "../../ui/Card.tsx";
import type { Licence } from "./LicencePage.tsx";

type UsageProps = { licence: Licence; usage: NonNullable<Licence["usage"]> };

/** This month's use against the quota, and when it begins anew. */
export function UsageSection({ licence, usage }: UsageProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { timeZone } = licence.dataset.city;
  const { used, quota, resetAt, byDay } = usage;
  const reset = formatMoment(Date.parse(resetAt), language, timeZone);
  return (
    <Card title={t`Use of this month`}>
      <UsageChart
        used={used}
        quota={quota}
        days={byDay.map(({ at, units }) => ({ at: Date.parse(at), units }))}
        timeZone={timeZone}
      />
      <p className="quiet small">
        <Trans>The count begins anew on {reset}.</Trans>
      </p>
      {used >= quota && (
        <p>
          <Trans>
            The quota is used up; until it begins anew the hub refuses and says so. A renewal may ask for a larger one.
          </Trans>
        </p>
      )}
    </Card>
  );
}
