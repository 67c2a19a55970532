/** `auto` follows the system. */
export type Theme = "auto" | "light" | "dark";

const STORAGE_KEY = "madang.theme";

/** The theme that preferences.js has put on the page before the first paint. */
export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "auto";
}

/** Puts a theme on the page and remembers it on this device. */
export function applyTheme(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // storage is closed to us: the choice holds until the page is closed
  }
}
