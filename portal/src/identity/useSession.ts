import { useSyncExternalStore } from "react";
import { accessToken, currentSession, onSession, type Session } from "./session.ts";

/** Who is signed in, and the way to a token; the page is drawn again when that changes. */
export function useSession(): Session & { token: () => Promise<string | null> } {
  const session = useSyncExternalStore(onSession, currentSession);
  return { ...session, token: accessToken };
}
