/** Numbers of library catalogues in their normal form. */

/**
 * A Library of Congress control number, normalised after the LoC's rules
 * (loc.gov/marc/lccn-namespace.html): no blanks, nothing after a slash, the serial number after a
 * hyphen padded to six digits. @returns undefined if it isn't one.
 */
export function normaliseLccn(text: string): string | undefined {
  const compact = text.replace(/\s+/gu, "").replace(/\/.*$/u, "").toLowerCase();
  const hyphen = compact.indexOf("-");
  let lccn = compact;
  if (hyphen >= 0) {
    const serial = compact.slice(hyphen + 1);
    if (!/^[0-9]{1,6}$/.test(serial)) {
      return undefined;
    }
    lccn = compact.slice(0, hyphen) + serial.padStart(6, "0");
  }
  return /^(?:[a-z]{0,3}[0-9]{8}|[a-z]{0,2}[0-9]{10})$/.test(lccn) ? lccn : undefined;
}

/**
 * An OCLC (WorldCat) number as plain digits, without "ocm", "ocn", "on", "(OCoLC)" and leading
 * zeros. @returns undefined if it isn't one.
 */
export function normaliseOclc(text: string): string | undefined {
  const compact = text.replace(/\s+/gu, "").toLowerCase();
  const digits = /^(?:\(ocolc\))?(?:oclc[:#]?)?(?:ocm|ocn|on)?0*([1-9][0-9]{0,11})$/.exec(compact);
  return digits?.[1];
}
