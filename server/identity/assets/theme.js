// The theme chosen in the portal, before the first paint.
(() => {
  try {
    const theme = localStorage.getItem("madang.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // storage is closed to us: the system's theme holds
  }
})();
