import { Trans, useLingui } from "@lingui/react/macro";
import { useAct } from "../../data/act.ts";
import { WriteMessageDocument } from "../../generated/graphql.ts";
import { useDraft } from "../../identity/useDraft.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatMoment } from "../../text/time.ts";
import { Answer } from "../../ui/Answer.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Actions, Form } from "../../ui/form/Form.tsx";
import { TextField } from "../../ui/form/TextField.tsx";
import { useForm } from "../../ui/form/useForm.ts";
import page from "../Page.module.css";
import styles from "./Conversation.module.css";
import type { Licence } from "./LicencePage.tsx";

const LONGEST = 4000;

type ConversationProps = {
  licence: Pick<Licence, "id" | "messages" | "dataset">;
  /** Whether the reader is of the organisation that asks. */
  mine: boolean;
};

/** What was asked and answered about a request; plain text, shown as it was written. */
export function Conversation({ licence, mine }: ConversationProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { messages, dataset } = licence;
  const moment = (at: string): string => formatMoment(Date.parse(at), language, dataset.city.timeZone);
  return (
    <Card title={t`Conversation`}>
      {messages.length === 0 && (
        <p className="quiet">
          <Trans>Nothing was written yet.</Trans>
        </p>
      )}
      <ol className={styles.messages}>
        {messages.map(({ id, body, author, createdAt, fromSteward }) => (
          <li key={id} className={styles.message} data-mine={fromSteward !== mine || undefined}>
            <p className="quiet small">
              {[fromSteward ? t`Steward` : t`Applicant`, author?.name, moment(createdAt)].filter(Boolean).join(" · ")}
            </p>
            <p className={page.user}>{body ?? <span className="quiet">{t`erased`}</span>}</p>
          </li>
        ))}
      </ol>
      <Write licence={licence.id} />
    </Card>
  );
}

/** A message beside the acts: it changes no state. */
function Write({ licence }: { licence: string }) {
  const { t } = useLingui();
  const { value, set, clear } = useDraft(`message.${licence}`, "");
  const act = useAct(WriteMessageDocument);
  const form = useForm({ body: value.trim() === "" ? t`Write something first.` : undefined }, act.error);
  const send = (): void => {
    if (!form.passes() || act.isPending) return;
    act.mutate(
      { licence, body: value.trim() },
      {
        onSuccess: () => {
          clear();
          form.reset();
        },
      },
    );
  };
  return (
    <Form label={t`Write a message`} errors={form.errors} tries={form.tries} onSubmit={send}>
      <TextField
        name="body"
        label={t`Your message`}
        long
        maxLength={LONGEST}
        value={value}
        onChange={set}
        error={form.errors["body"]}
      />
      <Answer act={act} done={t`The message is sent.`} />
      <Actions>
        <Button type="submit" pending={act.isPending}>{t`Send the message`}</Button>
      </Actions>
    </Form>
  );
}
