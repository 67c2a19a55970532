import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDuration } from "../../text/time.ts";
import { TIER_WORD } from "../../ui/words.ts";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";

/** The offers of a dataset: on which terms it may be used, how fine. */
export function OfferLinks({ dataset }: { dataset: Dataset }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const offers = dataset.offers ?? [];
  if (offers.length === 0) return null;
  return (
    <ul className={styles.offers}>
      {offers.map(({ id, name, tier, finestStep }) => {
        const step = finestStep ?? dataset.plan?.step;
        return (
          <li key={id}>
            <Link to="/market/offers/$offer" params={{ offer: id }}>
              {name[language]}
            </Link>{" "}
            <span className="quiet small">
              {[t(TIER_WORD[tier]), step && t`one value every ${formatDuration(step, language)}`]
                .filter(Boolean)
                .join(", ")}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
