// Runs before the first paint, so that neither theme nor language flickers. An own file: the policy allows nothing inline.
(() => {
  const root = document.documentElement;
  let theme = null;
  let language = null;
  try {
    theme = localStorage.getItem("madang.theme");
    language = localStorage.getItem("madang.language");
  } catch {
    // storage is closed to us: the defaults below hold
  }
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (language !== "ko" && language !== "en") {
    language =
      (navigator.languages || []).map((tag) => tag.slice(0, 2)).find((tag) => tag === "ko" || tag === "en") || "ko";
  }
  root.lang = language;
})();
