/** Headers of what readers' browsers get. */
export const assetHeaders = {
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

/**
 * Headers of documents. `scriptHashes` names the scripts that stand in the document itself.
 *
 * Cover images are the only thing the page may load from elsewhere, and only if the reader wants.
 */
export function pageHeaders(scriptHashes: readonly string[]) {
  const contentSecurityPolicy = [
    "default-src 'none'",
    ["script-src 'self'", ...scriptHashes].join(" "),
    "style-src 'self'",
    "font-src 'self'",
    // Open Library sends its covers from the Internet Archive.
    "img-src 'self' data: https://covers.openlibrary.org https://archive.org https://*.archive.org",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    ...assetHeaders,
    "content-security-policy": contentSecurityPolicy,
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-frame-options": "DENY",
  };
}
