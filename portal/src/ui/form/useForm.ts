import { useEffect, useState } from "react";
import { Refusal } from "../../data/act.ts";
import { useLanguage } from "../../text/i18n.tsx";
import type { Errors } from "./Form.tsx";

export type FormState = {
  /** What is shown: nothing before the first try. */
  readonly errors: Errors;
  readonly tries: number;
  /** Counts a try; true when nothing is wrong on this side. */
  readonly passes: () => boolean;
  /** Begins anew: a next step of the same form. */
  readonly reset: () => void;
};

/**
 * Errors of a form: those this page finds by itself, and those that the hub named in its refusal. They show from the first
 * try on; each try, and each refusal, moves the focus to the first of them.
 */
export function useForm(found: Errors, answer: Error | null): FormState {
  const { language } = useLanguage();
  const [tries, setTries] = useState(0);
  const refused = answer instanceof Refusal && answer.fields.length > 0 ? answer : null;
  useEffect(() => {
    if (refused) setTries((known) => known + 1);
  }, [refused]);
  const ofHub = Object.fromEntries(
    refused?.fields.map(({ field, rule, fix }) => [field, `${rule[language]}: ${fix[language]}`]) ?? [],
  );
  return {
    errors: tries === 0 ? {} : { ...found, ...ofHub },
    tries,
    passes: () => {
      setTries((known) => known + 1);
      return Object.values(found).every((text) => text === undefined);
    },
    reset: () => setTries(0),
  };
}
