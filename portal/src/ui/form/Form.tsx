import { Plural } from "@lingui/react/macro";
import { type ReactNode, useEffect, useRef } from "react";
import styles from "./Field.module.css";

/** What is wrong with a form: the name of a field and what to do about it, in the order of the fields. */
export type Errors = Readonly<Record<string, string | undefined>>;

type FormProps = {
  /** What the form is, for those who hear it. */
  label: string;
  errors: Errors;
  /** Raised with every try to send: a try that leaves errors moves the focus to the first one. */
  tries: number;
  onSubmit: () => void;
  children: ReactNode;
};

/**
 * A form that says what is wrong where it is wrong, and above all of it; after a try that failed the focus stands in the
 * first field that needs a change.
 */
export function Form({ label, errors, tries, onSubmit, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const wrong = Object.entries(errors).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const first = useRef<string>(undefined);
  first.current = wrong[0]?.[0];
  // only a try moves the focus: putting one entry right must not jump to the next while it is typed
  useEffect(() => {
    if (tries > 0 && first.current !== undefined) fieldOf(form.current, first.current)?.focus();
  }, [tries]);
  return (
    <form
      ref={form}
      className={styles.form}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {tries > 0 && wrong.length > 0 && (
        <div className={styles.summary} role="alert">
          <strong>
            <Plural value={wrong.length} one="One entry needs a change:" other="# entries need a change:" />
          </strong>
          <ul>
            {wrong.map(([name, text]) => (
              <li key={name}>
                <a
                  href={`#${name}`}
                  onClick={(event) => {
                    event.preventDefault();
                    fieldOf(form.current, name)?.focus();
                  }}
                >
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {children}
    </form>
  );
}

/** The buttons at a form's end. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

function fieldOf(form: HTMLFormElement | null, name: string): HTMLElement | null {
  return form?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"], [data-field="${CSS.escape(name)}"]`) ?? null;
}
