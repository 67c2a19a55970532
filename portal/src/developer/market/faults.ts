import { useLingui } from "@lingui/react/macro";
import type { Errors } from "../../ui/form/Form.tsx";
import { faultsOf, type RequestDraft, type RequestFault, SHORTEST_PURPOSE } from "./request.ts";

/** The faults of one step in words, by the name of their field. */
export function useRequestErrors(draft: RequestDraft, step: number, today: string): Errors {
  const { t } = useLingui();
  const words: Readonly<Record<RequestFault, string>> = {
    "organization.missing": t`Choose the organisation that asks.`,
    "purpose.missing": t`Choose a purpose.`,
    "purposeText.short": t`Say in at least ${SHORTEST_PURPOSE} characters what you will do.`,
    "purposeText.long": t`Say it in fewer words.`,
    "area.missing": t`Choose at least one zone, or the whole dataset.`,
    "from.missing": t`Choose the first day.`,
    "to.missing": t`Choose the last day.`,
    "to.past": t`The last day must not be over.`,
    "to.before": t`The last day must not be before the first.`,
    "to.far": t`Ask for five years at most.`,
    "quota.missing": t`Write a whole number of values, at least 1.`,
    "accepted.missing": t`Read the terms and accept them.`,
  };
  return Object.fromEntries(
    faultsOf(draft, step, today).map((fault) => [fault.slice(0, fault.indexOf(".")), words[fault]]),
  );
}
