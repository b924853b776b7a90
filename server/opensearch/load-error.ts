/** A catalogue is not put into the cluster; the message says why and what to do. */
export class LoadError extends Error {
  override name = "LoadError";
}
