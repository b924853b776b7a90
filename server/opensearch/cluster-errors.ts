/** A cluster that does not do what it is asked for, as callers and operators are told. */
import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import { NodeError } from "./cluster-node.ts";

/** The cluster refuses this program, whoever calls it: to wait is no use, an operator has to act. */
export class ClusterRefusalError extends CatalogUnavailableError {
  override name = "ClusterRefusalError";

  /** @param cause says which permission is missing; callers of the API are not told. */
  constructor(cause: Error) {
    super("The cluster that holds the catalogue refuses this server", { cause });
  }
}

/** An answer of a node, as whoever asks the cluster gets it. */
export function explainAnswer(error: unknown): unknown {
  return error instanceof NodeError && error.isRefusal ? new ClusterRefusalError(error) : error;
}

/** True if the cluster may do the same a little later. */
export function isAway(error: unknown): boolean {
  return error instanceof CatalogUnavailableError && !(error instanceof ClusterRefusalError);
}

/** What OpenSearch says of one part of an answer: a search, a document. */
export type PartProblem = { type?: string; reason?: string };

/** The error of one part of an answer; parts of some requests have no status. */
export function partError(what: string, problem: PartProblem, status?: number): NodeError {
  const { type = "", reason = "" } = problem;
  return new NodeError(`${what}: ${type}: ${String(reason).slice(0, 500)}`, {
    status: status ?? (type === "security_exception" ? 403 : 500),
    type,
  });
}

/**
 * What an operator reads of an error of the cluster, with its cause; undefined for any other error.
 * There is no password in it: nodes are named without.
 */
export function operatorMessage(error: unknown): string | undefined {
  if (error instanceof NodeError) {
    return error.message;
  }
  if (!(error instanceof CatalogUnavailableError)) {
    return undefined;
  }
  const { message, cause } = error;
  // The setting is named where the cause is known: it names the node.
  return cause instanceof Error ? `${message} (BOOKFINDER_CATALOG): ${cause.message}` : message;
}
