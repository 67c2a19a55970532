const KEY = "madang.return-to";

/**
 * A path of this portal, or `/`: nothing that a browser could read as another origin (`//host`, `/\host`, `http:`), and
 * not the page on which sign-in ends.
 */
export function safePath(text: string | null): string {
  if (text === null || !/^\/(?![/\\])/.test(text)) return "/";
  const base = "https://portal.invalid";
  const url = URL.parse(text, base);
  if (url === null || url.origin !== base || url.pathname === "/signed-in") return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Remembers, for this tab, where to go on after signing in. */
export function rememberReturn(path: string): void {
  try {
    sessionStorage.setItem(KEY, safePath(path));
  } catch {
    // storage is closed to us: sign-in ends on the home page
  }
}

/** Where to go on; asked once. */
export function takeReturn(): string {
  try {
    const path = safePath(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    return path;
  } catch {
    return "/";
  }
}
