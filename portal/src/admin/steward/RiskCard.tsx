import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { usePriceSentence } from "../../developer/market/price.ts";
import page from "../../developer/Page.module.css";
import { formatNumber } from "../../text/number.ts";
import { Card } from "../../ui/Card.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { TIER_WORD } from "../../ui/words.ts";
import type { Case } from "./DecisionPage.tsx";
import styles from "./Steward.module.css";

/** What speaks for care: the risk class, what the data cost in privacy, and the price. */
export function RiskCard({ one }: { one: Case }) {
  const { t } = useLingui();
  const priceOf = usePriceSentence();
  const { risk, dataset, offer, tier } = one;
  const card = dataset.privacyCard;
  const approver = risk?.firstApprover?.name;
  return (
    <Card title={t`Risk, privacy and price`}>
      {risk?.highRisk ? (
        <>
          <p className={styles.high}>{t`High risk: two different persons have to approve.`}</p>
          {risk.firstApprover ? (
            <p>{t`The first approval is by ${approver ?? t`a person who was erased`}; one more by someone else is needed.`}</p>
          ) : (
            <p>{t`Nobody has approved yet.`}</p>
          )}
        </>
      ) : (
        <p>{t`Ordinary risk: one approval is enough.`}</p>
      )}
      <Facts
        facts={[
          [t`Access`, t(TIER_WORD[tier])],
          [t`ε a day of this dataset`, risk?.epsilonPerDay != null && formatNumber(risk.epsilonPerDay, 3)],
          [t`ε a day of all data about the same people, at most`, card?.unit && formatNumber(card.unit.cap, 2)],
          [
            t`ε a day for a person who is seen ${card?.person?.typicalUnits ?? 0} times`,
            card?.person && formatNumber(card.person.epsilonPerDay, 2),
          ],
        ]}
      />
      <p className="quiet small">
        <Trans>
          The privacy cost was paid at the release and does not grow with another licence: every licence sees the same
          values.{" "}
          <Link to="/datasets/$slug" params={{ slug: dataset.slug }} hash="privacy">
            The privacy card
          </Link>
        </Trans>
      </p>
      <h3>{t`The price`}</h3>
      <p className={page.lead}>{priceOf(offer)}</p>
    </Card>
  );
}
