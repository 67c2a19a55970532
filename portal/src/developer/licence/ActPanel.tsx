import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useAct } from "../../data/act.ts";
import { ActOnLicenceDocument, type LicenceAction } from "../../generated/graphql.ts";
import { useDraft } from "../../identity/useDraft.ts";
import { Answer } from "../../ui/Answer.tsx";
import { Button, type ButtonKind } from "../../ui/Button.tsx";
import { Actions, type Errors, Form } from "../../ui/form/Form.tsx";
import { TextField } from "../../ui/form/TextField.tsx";
import { useForm } from "../../ui/form/useForm.ts";
import { ACTION_WORD } from "../../ui/marketWords.ts";

export type ActTerms = {
  readonly area: string[] | null;
  readonly from: string;
  readonly to: string;
  readonly step: string | null;
  readonly quota: number;
  readonly conditions: string | null;
};

/** The hub takes no reason that is shorter. */
const SHORTEST_REASON = 10;

type ActPanelProps = {
  licence: { readonly id: string; readonly seq: number };
  action: LicenceAction;
  /** The text that goes with the act: a reason that stands in the history, or a message of the conversation. */
  text?: {
    readonly as: "reason" | "message";
    readonly label: string;
    readonly help?: string;
    readonly optional?: boolean;
  };
  terms?: ActTerms;
  /** What else is wrong, before the hub is asked. */
  faults?: Errors;
  kind?: ButtonKind;
  /** Other words on the button than the act's own. */
  word?: string;
  onDone?: () => void;
  onCancel?: () => void;
  /** Fields, conditions, the effect: what is read before the button. */
  children?: ReactNode;
};

/**
 * One transition of a licence as a form. It names the last step that the page has seen, so that the hub refuses when
 * someone was faster; the text stays until the act is done.
 */
export function ActPanel(props: ActPanelProps) {
  const { licence, action, text, terms, faults, kind = "primary", word, onDone, onCancel, children } = props;
  const { t } = useLingui();
  const { value, set, clear } = useDraft(`act.${licence.id}.${action}`, "");
  const act = useAct(ActOnLicenceDocument);
  const least = text?.as === "reason" ? SHORTEST_REASON : 1;
  const missing =
    text && !text.optional && value.trim().length < least ? { [text.as]: t`Say it in a sentence or two.` } : {};
  const form = useForm({ ...faults, ...missing }, act.error);
  const send = (): void => {
    if (!form.passes() || act.isPending) return;
    const words = value.trim() || null;
    act.mutate(
      {
        input: {
          licence: licence.id,
          seq: licence.seq,
          action,
          reason: text?.as === "reason" ? words : null,
          message: text?.as === "message" ? words : null,
          terms: terms ?? null,
        },
      },
      {
        onSuccess: () => {
          clear();
          onDone?.();
        },
      },
    );
  };
  return (
    <Form label={word ?? t(ACTION_WORD[action])} errors={form.errors} tries={form.tries} onSubmit={send}>
      {children}
      {text && (
        <TextField
          name={text.as}
          label={text.label}
          help={text.help}
          optional={text.optional ?? false}
          long
          maxLength={4000}
          value={value}
          onChange={set}
          error={form.errors[text.as]}
        />
      )}
      <Answer act={act}>
        <p>{t`The page shows how it stands now. What you wrote is still here.`}</p>
      </Answer>
      <Actions>
        <Button type="submit" kind={kind} pending={act.isPending}>
          {word ?? t(ACTION_WORD[action])}
        </Button>
        {onCancel && <Button onPress={onCancel}>{t`Cancel`}</Button>}
      </Actions>
    </Form>
  );
}
