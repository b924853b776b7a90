/** A provider publishes a few keys, of less than a kilobyte each. */
const KEY_SET_BYTES_MAX = 256 * 1024;

/**
 * Fetches a set of keys as `jose` asks for it; of an answer that has no end, only the beginning.
 *
 * @throws {Error} when the answer is longer than any set of keys.
 */
export async function fetchKeys(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > KEY_SET_BYTES_MAX) {
      throw new Error(`The keys at ${url} are longer than ${KEY_SET_BYTES_MAX} bytes`);
    }
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status: response.status });
}
