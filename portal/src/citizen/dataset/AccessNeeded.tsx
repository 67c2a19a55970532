import { Trans, useLingui } from "@lingui/react/macro";
import type { Fault } from "../../data/execute.ts";
import { signIn } from "../../identity/session.ts";
import { useSession } from "../../identity/useSession.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import type { Dataset } from "./DatasetPage.tsx";
import { OfferLinks } from "./OfferLinks.tsx";

const OTHERS = ["UNAUTHENTICATED", "QUOTA_EXCEEDED", "FORBIDDEN"];

/** Whether the hub refused values for want of access, and not for a fault. */
export function isRefusal(fault: Fault): boolean {
  return fault.code.startsWith("LICENCE_") || OTHERS.includes(fault.code);
}

/** In the place of values that the reader may not see: why, and how to get at them. */
export function AccessNeeded({ dataset, fault }: { dataset: Dataset; fault: Fault }) {
  const { t } = useLingui();
  const { state } = useSession();
  const anonymous = state === "ANONYMOUS";
  const word =
    fault.code === "LICENCE_SCOPE"
      ? t`Your licence does not reach this place, period or step. Choose another one, or ask for more.`
      : fault.code === "LICENCE_ENDED"
        ? t`Your licence has ended or is suspended.`
        : fault.code === "QUOTA_EXCEEDED"
          ? t`The quota of your licence is used up for this month.`
          : t`These values are not open to everyone.`;
  return (
    <Notice title={word}>
      {anonymous && (
        <>
          <p>
            <Trans>Who is signed in sees a coarser view for free; finer values need a licence for a purpose.</Trans>
          </p>
          <div>
            <Button kind="primary" onPress={() => void signIn()}>{t`Sign in`}</Button>
          </div>
        </>
      )}
      <OfferLinks dataset={dataset} />
    </Notice>
  );
}
