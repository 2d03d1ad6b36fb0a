/** Bytes to send, both ends included; `all` where no range counts; `none` where no byte lies in it. */
export type ByteRange = { readonly first: number; readonly last: number } | 'all' | 'none';

/**
 * What a Range header asks for (RFC 9110, 14.1.2). A header that cannot be read, another unit, or several ranges at
 * once are as if nobody had asked: the whole is a correct answer to each.
 */
export function byteRange(header: string | undefined, size: number): ByteRange {
  const read = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '');
  if (!read || (read[1] === '' && read[2] === '')) return 'all';
  const [from, until] = [read[1]!, read[2]!];
  if (from === '') {
    const suffix = Number(until);
    return suffix === 0 || size === 0 ? 'none' : { first: Math.max(0, size - suffix), last: size - 1 };
  }
  const first = Number(from);
  const last = until === '' ? size - 1 : Math.min(Number(until), size - 1);
  if (until !== '' && Number(until) < first) return 'all';
  return first >= size ? 'none' : { first, last };
}
