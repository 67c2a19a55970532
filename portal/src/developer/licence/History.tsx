import { Trans, useLingui } from "@lingui/react/macro";
import { useLanguage } from "../../text/i18n.tsx";
import { formatClock, formatDate } from "../../text/time.ts";
import { EVENT_WORD } from "../../ui/marketWords.ts";
import { Timeline } from "../../ui/Timeline.tsx";
import page from "../Page.module.css";
import type { Licence } from "./LicencePage.tsx";
import { Proof } from "./Proof.tsx";

type HistoryProps = { licence: Pick<Licence, "id" | "number" | "events" | "proofs" | "dataset"> };

/** Every step that a request or licence took: when, by whom, why, and the proof in the public log. */
export function History({ licence }: HistoryProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { id, number, events, proofs, dataset } = licence;
  const { timeZone } = dataset.city;
  return (
    <>
      <p className="quiet small">
        <Trans>Times of {timeZone.replace("_", " ")}</Trans>
      </p>
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
              {proofs.some((proof) => proof.seq === seq) && <Proof licence={id} number={number} seq={seq} />}
            </>
          ),
        }))}
      />
    </>
  );
}
