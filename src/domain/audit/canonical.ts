export type Canonical =
  string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical };

/**
 * The one way to write a value down, so that a hash over it means something: JSON without white space, keys in
 * order of their UTF-16 code units (RFC 8785, for the values the ledger holds).
 * @throws RangeError for a number that JSON cannot write
 */
export function canonical(value: Canonical): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`${value} cannot be written`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key]!)}`);
  return `{${members.join(',')}}`;
}

/** `Array.isArray` does not narrow a readonly list. */
function isList(value: object): value is readonly Canonical[] {
  return Array.isArray(value);
}
