/** The content, compressed as a client would. */
export async function gzipped(content: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const packed = content.stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
