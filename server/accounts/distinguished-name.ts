/**
 * Distinguished names, which Node and openssl write in different ways:
 *
 *   Node       "O=Acme\, Inc.\nCN=Jörg"                     an attribute on each line
 *   openssl    subject=O = "Acme, Inc.", CN = J\C3\B6rg     quoted, and bytes beyond ASCII in hex
 *
 * Both are read by the rules of RFC 2253, into one form that tells any two names apart.
 */

/** One attribute as it is written: "O", "Acme, Inc.". */
type Attribute = { type: string; value: string; separator: string };

const attribute =
  /\s*(?<type>[\w.]+) *= *(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>(?:[^"\\,+\n]|\\.)*)) *(?<separator>,|\+|\n|$)/suy;

/**
 * The name in its one form, "C=DE, O=Acme\, Inc., CN=importer"; undefined if it is none.
 *
 * @param text - As Node's X509Certificate has it, or `openssl x509 -noout -subject` prints it.
 */
export function normalName(text: string): string | undefined {
  const attributes = attributesOf(
    // A space at the end may be an escaped one.
    text.replace(/^\s*(?:subject\s*=\s*(?=[\w.]+\s*=))?/i, "").replace(/[\r\n]+$/, ""),
  );
  return attributes
    ?.map(({ type, value, separator }) => {
      const end = separator === "" ? "" : separator === "+" ? " + " : ", ";
      return `${type}=${value}${end}`;
    })
    .join("");
}

/** The attributes, each value with what is special in it escaped. */
function attributesOf(text: string): Attribute[] | undefined {
  const attributes: Attribute[] = [];
  attribute.lastIndex = 0;
  for (;;) {
    const { type = "", quoted, plain = "", separator = "" } = attribute.exec(text)?.groups ?? {};
    const value = quoted === undefined ? plainValue(plain) : unescaped(quoted);
    if (type === "" || value === undefined || value === "") {
      return undefined;
    }
    // "#" begins a value in hex, unless it is escaped or quoted.
    const isHex = quoted === undefined && plain.startsWith("#");
    attributes.push({ type, value: isHex ? value : escaped(value), separator });
    if (separator === "") {
      return attributes;
    }
  }
}

/** A value without quotes, around which unescaped spaces don't count. */
function plainValue(text: string): string | undefined {
  const [kept = ""] = /^(?:[^\\ ]|\\.| +(?! *$))*/su.exec(text) ?? [];
  return unescaped(kept);
}

/** The text that "\," or "\C3\B6" stands for; undefined if the bytes are no UTF-8. */
function unescaped(text: string): string | undefined {
  const bytes = [...text.matchAll(/\\([0-9a-f]{2})|\\?(.)/gisu)].map(([, hex, sign = ""]) =>
    hex === undefined ? Buffer.from(sign) : Buffer.from(hex, "hex"),
  );
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(bytes));
  } catch {
    return undefined;
  }
}

/** As RFC 2253 writes it, with what is not to be seen in hex. */
function escaped(value: string): string {
  return value
    .replaceAll(/[,+"\\<>;]|^[# ]| $/gu, "\\$&")
    .replaceAll(/\p{Cc}/gu, (sign) => `\\${Buffer.from(sign).toString("hex").toUpperCase()}`);
}
