import { useEffect, useRef, useState } from "react";
import { dropDraft, readDraft, writeDraft } from "./drafts.ts";
import { useSession } from "./useSession.ts";

export type DraftOf<Value> = {
  value: Value;
  /** Changes the form and keeps it for this tab. */
  set: (next: Value) => void;
  /** Forgets it: after it was sent, or thrown away. */
  clear: () => void;
  /** True when what is shown was begun before, for instance before signing in again. */
  restored: boolean;
};

/**
 * The state of a form that outlives an ended session: it stays in this tab, for the person who began it, until it is
 * cleared.
 * @param key one a form and thing, such as `request.<offer>`
 * @param read checks what was kept (an older version of the page may have kept it); null: not usable
 */
export function useDraft<Value>(
  key: string,
  initial: Value,
  read: (kept: unknown) => Value | null = (kept) => kept as Value,
): DraftOf<Value> {
  const { subject, state } = useSession();
  const kept = (): Value | null => {
    const draft = readDraft(key, state === "SIGNED_IN" ? subject : null);
    return draft === null ? null : read(draft.value);
  };
  const [restored, setRestored] = useState(() => kept() !== null);
  const [value, setValue] = useState<Value>(() => kept() ?? initial);
  const touched = useRef(false);
  // Signing in ends after the first drawing: what belongs to the person comes then, unless something was typed meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each change of person
  useEffect(() => {
    if (touched.current || state !== "SIGNED_IN") return;
    const found = kept();
    if (found === null) return;
    setValue(found);
    setRestored(true);
  }, [state, subject]);
  return {
    value,
    restored,
    set(next) {
      touched.current = true;
      setValue(next);
      writeDraft(key, subject, next);
    },
    clear() {
      touched.current = false;
      dropDraft(key);
      setValue(initial);
      setRestored(false);
    },
  };
}
