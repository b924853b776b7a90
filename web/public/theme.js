// Sets the chosen theme before the first paint. A file of its own, not a module and not inline, so
// that it runs before anything is drawn and the content security policy can forbid inline scripts.
// The key and the shape are those of web/settings/settings.ts.
try {
  const { theme } = JSON.parse(localStorage.getItem("bookfinder.settings") ?? "{}");
  if (theme === "light" || theme === "dark" || theme === "contrast") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Storage may be forbidden or spoilt; the system's theme then serves.
}
