import { useLingui } from "@lingui/react/macro";
import { useLanguage } from "../../text/i18n.tsx";
import { formatClock, formatDate } from "../../text/time.ts";
import { EVENT_WORD } from "../../ui/marketWords.ts";
import { Timeline } from "../../ui/Timeline.tsx";
import page from "../Page.module.css";
import type { Licence } from "./LicencePage.tsx";

type HistoryProps = { licence: Pick<Licence, "events" | "dataset"> };

/** Every step that a request or licence took: when, by whom and why. */
export function History({ licence }: HistoryProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { events, dataset } = licence;
  const { timeZone } = dataset.city;
  return (
    <Timeline
      label={t`History`}
      events={events.map(({ seq, action, at, actor, reason }) => ({
        key: String(seq),
        name: t(EVENT_WORD[action]),
        when: `${formatDate(Date.parse(at), language, timeZone)} ${formatClock(Date.parse(at), language, timeZone)}`,
        body: (
          <>
            <p className="quiet small">
              {actor ? (actor.name ?? t`a person who was erased`) : t`by itself, on its day`}
            </p>
            {reason && <p className={page.user}>{reason}</p>}
          </>
        ),
      }))}
    />
  );
}
