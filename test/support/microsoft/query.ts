import { badRequest } from './answer.ts';

const ANY =
  /^singleValueExtendedProperties\/Any\(ep: ep\/id eq '([^']+)' and ep\/value eq '((?:[^']|'')*)'\)$/;
const EXPAND = /^singleValueExtendedProperties\(\$filter=(id eq '[^']+'(?: or id eq '[^']+')*)\)$/;
/** Named properties of strings in the public namespace: `String {guid} Name something`. */
const PROPERTY_ID = /^String \{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\} Name \w+$/i;

export interface Expanded {
  readonly properties: readonly string[];
  readonly exceptions: boolean;
}

/** Refuses every query option that the route does not know. */
export function allowOnly(query: URLSearchParams, ...allowed: string[]): void {
  for (const name of query.keys()) {
    if (!allowed.includes(name)) throw badRequest(`The query option ${name} is not supported here.`);
  }
}

export function selected(query: URLSearchParams): readonly string[] | null {
  return query.get('$select')?.split(',') ?? null;
}

/** The one filter on events that we may use: an extended property with exactly this value. */
export function filterOf(query: URLSearchParams): { id: string; value: string } | null {
  const filter = query.get('$filter');
  if (filter === null) return null;
  const found = ANY.exec(filter);
  if (!found) throw badRequest(`Invalid filter clause: ${filter}`);
  checkPropertyId(found[1]!);
  return { id: found[1]!, value: found[2]!.replaceAll("''", "'") };
}

export function expandedBy(query: URLSearchParams): Expanded {
  const parts = split(query.get('$expand') ?? '');
  let exceptions = false;
  const properties: string[] = [];
  for (const part of parts) {
    const found = EXPAND.exec(part);
    if (found) properties.push(...[...found[1]!.matchAll(/id eq '([^']+)'/g)].map(([, id]) => id!));
    else if (part === 'exceptionOccurrences') exceptions = true;
    else throw badRequest(`Could not find a property named '${part}'.`);
  }
  properties.forEach(checkPropertyId);
  return { properties, exceptions };
}

export function checkPropertyId(id: string): void {
  if (!PROPERTY_ID.test(id)) throw badRequest('Invalid extended property id.', 'ErrorInvalidPropertyId');
}

/** At commas outside of brackets. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of text) {
    depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    if (char === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  return part === '' ? parts : [...parts, part];
}
