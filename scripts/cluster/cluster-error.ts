/** A cluster can't be started or reached; the message says what to do. */
export class ClusterError extends Error {
  override name = "ClusterError";
}
