// Puts the remembered colour scheme on the page before the first paint; src/theme.ts uses the same key.
(() => {
  let scheme = null;
  try {
    scheme = window.localStorage.getItem("berth-color-scheme");
  } catch {
    // Storage may be forbidden; the system's scheme will do.
  }
  if (scheme !== "light" && scheme !== "dark") {
    scheme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
