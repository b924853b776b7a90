/** What an operator can do about a node that refuses a request, or that there is no connection to. */

type Answer = { status: number; type: string };

/** A sentence with the way out of an answer that refuses; empty if nothing is known of it. */
export function wayOutOfAnswer({ status, type }: Answer): string {
  if (status === 401) {
    return "The user or the password in BOOKFINDER_CATALOG is wrong; each character of them that is not a letter or digit is written as % and its hexadecimal code (@ is %40).";
  }
  // Nodes without the plugin and proxies name no type; others say what else is forbidden ("cluster_block_exception").
  return status === 403 && (type === "security_exception" || type === "")
    ? "The user in BOOKFINDER_CATALOG lacks a permission; docs/opensearch.md lists those that servers and imports need."
    : "";
}

/** Node and OpenSearch's client give a sentence and no code. */
const connectionProblems: readonly [RegExp, string][] = [
  [
    /unable to (?:verify|get)|self.signed/i,
    "This machine doesn't know the authority that issued the node's certificate: name the authority's file (PEM) in NODE_EXTRA_CA_CERTS.",
  ],
  [
    /certificate has expired|not yet valid/i,
    "Renew the node's certificate, or set the clock of this machine right.",
  ],
  [
    /does not match certificate's altnames/i,
    "Write hosts in BOOKFINDER_CATALOG as the node's certificate names them, or issue one for this name.",
  ],
  [
    /wrong version number|packet length too long|EPROTO/i,
    "The node speaks no TLS: write opensearch+http in BOOKFINDER_CATALOG if its network is safe.",
  ],
];

/** The same for a connection that failed, by what the system said of it. */
export function wayOutOfConnection(url: string, problem: string): string {
  const known = connectionProblems.find(([pattern]) => pattern.test(problem))?.[1];
  if (known !== undefined) {
    return known;
  }
  return url.startsWith("http:") && /socket hang up|Parse Error/i.test(problem)
    ? "A node with TLS hangs up where it is asked without: write opensearch+https in BOOKFINDER_CATALOG if it has."
    : "";
}
