import { useLingui } from "@lingui/react/macro";
import { useTermsWords } from "../../developer/licence/TermsFacts.tsx";
import page from "../../developer/Page.module.css";
import { useLanguage } from "../../text/i18n.tsx";
import { formatNumber } from "../../text/number.ts";
import { formatDuration } from "../../text/time.ts";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import type { Case } from "./DecisionPage.tsx";

type Row = {
  readonly name: string;
  readonly asked: string;
  readonly offered: string;
  readonly granted: string | undefined;
};

/** Asked, offered and granted terms beside one another. */
export function TermsBeside({ one }: { one: Case }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { asked, granted, offer, dataset } = one;
  const words = useTermsWords(dataset.places.nodes);
  const [a, g] = [words(asked), granted && words(granted)];
  const finest = offer.finestStep ?? dataset.plan?.step;
  const rows: Row[] = [
    { name: t`Area of use`, asked: a.area, offered: t`all zones of the dataset`, granted: g?.area },
    { name: t`Period`, asked: a.period, offered: t`as agreed`, granted: g?.period },
    {
      name: t`Resolution`,
      asked: a.step,
      offered: finest ? t`one value every ${formatDuration(finest, language)}` : t`as released`,
      granted: g?.step,
    },
    {
      name: t`Quota`,
      asked: a.quota,
      offered: t`usually ${formatNumber(offer.quotaMonthly)} values a month`,
      granted: g?.quota,
    },
  ];
  const columns: [Column<Row>, ...Column<Row>[]] = [
    { name: t`Term`, cell: ({ name }) => name },
    { name: t`Asked for`, cell: (row) => row.asked },
    { name: t`Offered`, cell: (row) => row.offered },
    ...(g ? [{ name: t`Granted`, cell: (row: Row) => row.granted }] : []),
  ];
  return (
    <section className={page.section}>
      <h2>{t`The terms side by side`}</h2>
      <DataTable caption={t`Asked for and offered`} rows={rows} keyOf={({ name }) => name} columns={columns} />
      {one.conditions && (
        <div>
          <h3>{t`Conditions`}</h3>
          <p className={page.user}>{one.conditions}</p>
        </div>
      )}
    </section>
  );
}
