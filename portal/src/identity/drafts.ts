const PREFIX = "madang.draft.";

type Draft = { owner: string | null; value: unknown };

/**
 * A form that was begun in this tab. One begun by somebody who was signed in is given to that person alone.
 * @param subject who is signed in now, or null
 */
export function readDraft(key: string, subject: string | null): { value: unknown } | null {
  try {
    const text = sessionStorage.getItem(`${PREFIX}${key}`);
    if (text === null) return null;
    const { owner, value } = JSON.parse(text) as Draft;
    return owner === null || owner === subject ? { value } : null;
  } catch {
    return null;
  }
}

export function writeDraft(key: string, subject: string | null, value: unknown): void {
  try {
    sessionStorage.setItem(`${PREFIX}${key}`, JSON.stringify({ owner: subject, value } satisfies Draft));
  } catch {
    // storage is full or closed to us: the form lives as long as its page
  }
}

export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(`${PREFIX}${key}`);
  } catch {
    // nothing was kept
  }
}

/** Forgets every form of this tab: whoever comes next must not see them. */
export function dropDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
