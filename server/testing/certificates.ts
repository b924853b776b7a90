/** Certificates for tests and for trying TLS: authorities of one's own, and what they sign. */
import "reflect-metadata";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 86_400_000;
const DAYS = 90;

/** A certificate and its key, as PEM. */
export type IssuedCertificate = { cert: string; key: string };

export type Authority = {
  cert: string;
  /** For a server of these host names and addresses; `notAfter` is when it expires. */
  issueServer(hosts: readonly string[], notAfter?: Date): Promise<IssuedCertificate>;
  /** For a client; `subject` is a distinguished name ("CN=laptop, O=Library"). */
  issueClient(subject: string): Promise<IssuedCertificate>;
};

/** Makes an authority that signs for a few months. */
export async function createAuthority(subject = "CN=BookFinder development"): Promise<Authority> {
  const keys = await generateKeys();
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: subject,
    keys,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });

  async function issue(
    name: string,
    usage: ExtendedKeyUsage,
    hosts: readonly string[],
    dates = validity(),
  ) {
    const own = await generateKeys();
    const names = hosts.map((value) => ({ type: isAddress(value) ? "ip" : "dns", value }) as const);
    const cert = await X509CertificateGenerator.create({
      subject: name,
      issuer: authority.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: algorithm,
      ...dates,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new ExtendedKeyUsageExtension([usage]),
        await AuthorityKeyIdentifierExtension.create(authority),
        ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
      ],
    });
    const key = await crypto.subtle.exportKey("pkcs8", own.privateKey);
    return { cert: cert.toString("pem"), key: PemConverter.encode(key, "PRIVATE KEY") };
  }

  return {
    cert: authority.toString("pem"),
    issueServer(hosts, notAfter) {
      const name = `CN=${hosts[0] ?? ""}`;
      return issue(name, ExtendedKeyUsage.serverAuth, hosts, validity(notAfter));
    },
    issueClient: (name) => issue(name, ExtendedKeyUsage.clientAuth, []),
  };
}

function generateKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

function validity(
  notAfter = new Date(Date.now() + (DAYS - 1) * DAY_MS),
): Record<"notBefore" | "notAfter", Date> {
  // Clocks differ a little.
  return { notBefore: new Date(notAfter.getTime() - DAYS * DAY_MS), notAfter };
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(":");
}
