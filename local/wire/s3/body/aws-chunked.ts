/** A body without its framing, and the trailers after it: names in lower case. */
export type Unframed = { readonly body: Uint8Array; readonly trailers: Readonly<Record<string, string>> };

/**
 * Removes `aws-chunked` framing, which clients use for uploads with a trailing checksum:
 * `SIZE[;chunk-signature=…]\r\n`, the bytes, `\r\n`, …, `0\r\n`, trailers.
 *
 * @returns undefined if the framing is invalid
 */
export function decodeAwsChunked(framed: Uint8Array): Unframed | undefined {
  const buffer = Buffer.from(framed.buffer, framed.byteOffset, framed.byteLength);
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = buffer.indexOf('\r\n', at);
    const digits = lineEnd === -1 ? '' : (buffer.toString('latin1', at, lineEnd).split(';')[0] ?? '');
    if (!/^[0-9a-f]{1,8}$/i.test(digits)) return undefined;
    const size = Number.parseInt(digits, 16);
    const start = lineEnd + 2;
    if (size === 0) return { body: Buffer.concat(chunks), trailers: trailersOf(buffer.toString('latin1', start)) };
    if (start + size > buffer.length) return undefined;
    chunks.push(buffer.subarray(start, start + size));
    at = start + size + 2;
  }
}

function trailersOf(text: string): Record<string, string> {
  const lines = text.matchAll(/^([^:\r\n]+):([^\r\n]*)/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name.trim().toLowerCase(), value.trim()]));
}
