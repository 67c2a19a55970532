const KEY = "madang.session";

/** Whether somebody was signed in here when this was last known. It says no more than that: no token, no name. */
export function hasHint(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function setHint(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(KEY, "1");
    else localStorage.removeItem(KEY);
  } catch {
    // storage is closed to us: a reload signs out
  }
}

/** Calls back when somebody signs out in another tab. */
export function onForeignSignOut(listener: () => void): void {
  addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY && newValue === null) listener();
  });
}
