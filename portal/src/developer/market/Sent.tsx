import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { buttonClass } from "../../ui/Button.tsx";
import page from "../Page.module.css";
import type { Offer } from "./OfferPage.tsx";

/** The request has its number; what happens next. */
export function Sent({ offer, sent }: { offer: Offer; sent: { id: string; number: number } }) {
  const { t } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={page.page}>
      <header className={page.head}>
        <h1 ref={heading} tabIndex={-1}>{t`Request ${sent.number} is sent`}</h1>
        <p className={page.lead}>
          <Plural
            value={offer.decisionDays}
            one="A steward decides within # day."
            other="A steward decides within # days."
          />
        </p>
      </header>
      <section className={page.section}>
        <h2>{t`What happens next`}</h2>
        <ol className={page.bullets}>
          <li>
            <Trans>
              A steward reads purpose and terms. If something is unclear, a question appears with your request.
            </Trans>
          </li>
          <li>
            <Trans>
              It is approved, perhaps with less area, a shorter period or conditions; or refused with a reason.
            </Trans>
          </li>
          <li>
            <Trans>You read what was granted and accept it. Then you make a key and ask for data at once.</Trans>
          </li>
        </ol>
      </section>
      <p className={page.row}>
        <Link to="/licences/$id" params={{ id: sent.id }} className={buttonClass("primary")}>
          {t`Look at the request`}
        </Link>
        <Link to="/keys">{t`Try a sandbox key meanwhile`}</Link>
      </p>
    </div>
  );
}
