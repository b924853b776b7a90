/**
 * Where a cluster is: `opensearch+https://user:password@h1:9200,h2:9200/name`. Hosts are the nodes that
 * searches are sent to; the name begins the names of all indices of one catalogue.
 */

export type ClusterAddress = {
  /** "http://h1:9200", without credentials. */
  nodes: readonly string[];
  /** Begins the names of the catalogue's indices; also the name of its alias. */
  name: string;
  auth: { username: string; password: string } | undefined;
};

const DEFAULT_NAME = "bookfinder";
const DEFAULT_PORT = "9200";
const MAX_NODES = 64;

/** The address cannot be used; the message says why and what one looks like. */
export class ClusterAddressError extends Error {
  override name = "ClusterAddressError";
}

/** True if a catalogue is named that is in a cluster. */
export function isClusterAddress(text: string): boolean {
  return /^opensearch(?:\+https?)?:/.test(text);
}

/** @throws {ClusterAddressError} */
export function parseClusterAddress(text: string): ClusterAddress {
  const match =
    /^opensearch\+(?<scheme>https?):\/\/(?:(?<login>[^@/]*)@)?(?<hosts>[^/@]+)(?:\/(?<name>.*))?$/.exec(
      text,
    );
  const { scheme, login, hosts, name } = match?.groups ?? {};
  if (scheme === undefined || hosts === undefined) {
    throw refused("is no address of a cluster");
  }
  if (name?.includes("@")) {
    throw refused("has a user or password with a /, which is written %2F");
  }
  const nodes = hosts.split(",").map((host, index) => nodeOf(scheme, host, index + 1));
  if (nodes.length > MAX_NODES) {
    throw refused(`names ${nodes.length} nodes; name at most ${MAX_NODES}`);
  }
  const alias = name || DEFAULT_NAME;
  if (!/^[a-z][a-z0-9_-]{0,40}$/.test(alias)) {
    throw refused(
      `has "${alias}" as the catalogue's name, which must be a letter from a to z and at most 40 of a-z, 0-9, - and _`,
    );
  }
  return { nodes, name: alias, auth: authOf(login) };
}

/** @param place of the host, which may be a part of a password and isn't shown. */
function nodeOf(scheme: string, host: string, place: number): string {
  const url = `${scheme}://${/:\d+$/.test(host) ? host : `${host}:${DEFAULT_PORT}`}`;
  if (host === "" || !URL.canParse(url) || new URL(url).host === "") {
    throw refused(`names as host ${place} something that is none`);
  }
  return url;
}

function authOf(login: string | undefined): ClusterAddress["auth"] {
  if (login === undefined || login === "") {
    return undefined;
  }
  const [username = "", ...password] = login.split(":");
  try {
    return {
      username: decodeURIComponent(username),
      password: decodeURIComponent(password.join(":")),
    };
  } catch {
    throw refused("has a user or password with a stray %, which is written %25");
  }
}

/** Without what was given: it may hold a password. */
function refused(problem: string): ClusterAddressError {
  return new ClusterAddressError(
    `BOOKFINDER_CATALOG ${problem}; write opensearch+https://user:password@host1:9200,host2:9200/name`,
  );
}
