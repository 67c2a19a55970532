import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { licencePage, offerPage } from "../../data/market.ts";
import { useDraft } from "../../identity/useDraft.ts";
import { NotFound, Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { Steps } from "../../ui/Steps.tsx";
import { useNow } from "../../ui/useNow.ts";
import { Desk, type Viewer } from "../Desk.tsx";
import type { Licence } from "../licence/LicencePage.tsx";
import page from "../Page.module.css";
import { organizationsFor } from "../roles.ts";
import type { Offer } from "./OfferPage.tsx";
import { PurposeStep } from "./PurposeStep.tsx";
import { ReviewStep } from "./ReviewStep.tsx";
import { firstDay, firstDraft, localDay, type RequestDraft, renewalDraft, stepsFrom } from "./request.ts";
import { Sent } from "./Sent.tsx";
import { TermsStep } from "./TermsStep.tsx";

const route = getRouteApi("/market/offers/$offer/ask");

/** Asking for a licence in three steps; what is written is kept on this device until it is sent. */
export function Ask() {
  const { t } = useLingui();
  return (
    <Desk
      title={t`Ask for access`}
      why={t`A licence is given to an organisation for a purpose, so the hub has to know who asks.`}
    >
      {(viewer) => <OfOffer viewer={viewer} />}
    </Desk>
  );
}

function OfOffer({ viewer }: { viewer: Viewer }) {
  const { offer: id } = route.useParams();
  const { renews } = route.useSearch();
  const { data, error, refetch } = useQuery(offerPage(id));
  const earlier = useQuery({ ...licencePage(renews ?? ""), enabled: renews !== undefined });
  if (!data || (renews !== undefined && earlier.isPending)) {
    return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />;
  }
  if (!data.offer) return <NotFound />;
  return <Wizard key={id} viewer={viewer} offer={data.offer} renewed={earlier.data?.licence ?? null} />;
}

/** What each step is given, and how it goes on. */
export type StepProps = {
  viewer: Viewer;
  offer: Offer;
  draft: RequestDraft;
  onChange: (change: Partial<RequestDraft>) => void;
  /** The city's calendar day now. */
  today: string;
  steps: readonly string[];
  onNext: () => void;
  onBack: () => void;
};

type WizardProps = { viewer: Viewer; offer: Offer; renewed: Licence | null };

function Wizard({ viewer, offer, renewed }: WizardProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const navigate = route.useNavigate();
  const { step: at = 1 } = route.useSearch();
  const today = localDay(useNow(), offer.dataset.city.timeZone);
  const first = firstDay(today, offer.dataset.extent?.from ?? null, offer.dataset.city.timeZone);
  const steps = stepsFrom(offer.finestStep ?? offer.dataset.plan?.step ?? "PT1H");
  const mine = organizationsFor(viewer, "develop");
  const {
    value: draft,
    set,
    clear,
    restored,
  } = useDraft(
    `request.${renewed?.id ?? offer.id}`,
    renewed
      ? renewalDraft(renewed, today, steps[0] ?? "PT1H")
      : firstDraft({ from: first, today }, steps[0] ?? "PT1H", offer.quotaMonthly, mine[0]?.id ?? ""),
  );
  const [sent, setSent] = useState<{ id: string; number: number }>();
  const go = (step: number): void =>
    void navigate({ search: { ...(step === 1 ? {} : { step }), ...(renewed ? { renews: renewed.id } : {}) } });
  if (sent) return <Sent offer={offer} sent={sent} />;
  const props: StepProps = {
    viewer,
    offer,
    draft,
    onChange: (change) => set({ ...draft, ...change }),
    today,
    steps,
    onNext: () => go(at + 1),
    onBack: () => go(at - 1),
  };
  return (
    <div className={page.page}>
      <header className={page.head}>
        <p className={page.trail}>
          <Link to="/market">{t`Market`}</Link>
          <span aria-hidden="true">/</span>
          <Link to="/market/offers/$offer" params={{ offer: offer.id }}>
            {offer.name[language]}
          </Link>
        </p>
        <h1>{t`Ask for access`}</h1>
        <p className="quiet">
          {restored ? (
            <Trans>You go on with what you had begun.</Trans>
          ) : (
            <Trans>What you write is kept in this tab until you send it.</Trans>
          )}
        </p>
        <Steps names={[t`Who and what for`, t`What exactly`, t`Read and send`]} current={at - 1} />
      </header>
      {at === 1 && <PurposeStep {...props} />}
      {at === 2 && <TermsStep {...props} />}
      {at === 3 && (
        <ReviewStep
          {...props}
          renews={renewed?.id ?? null}
          onSent={(licence) => {
            clear();
            setSent(licence);
          }}
        />
      )}
    </div>
  );
}
