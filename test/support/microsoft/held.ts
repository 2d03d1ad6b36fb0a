import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { Shapes } from './shapes.ts';

const schemas = JSON.parse(readFileSync(join(import.meta.dirname, 'schemas.json'), 'utf8')) as object;
const ajv = new Ajv({ strict: false, allowUnionTypes: true });
ajv.addSchema(schemas, 'shapes');

/** What is wrong with a value that travels as one of the pinned types; null where nothing is. */
export function wrongWith(shape: keyof Shapes, value: unknown): string | null {
  const known = ajv.getSchema(`shapes#/definitions/Shapes/properties/${shape}`);
  if (!known) throw new Error(`no schema for ${shape}`);
  return known(withoutControl(value)) ? null : ajv.errorsText(known.errors);
}

/** OData's own marks stand beside the fields of every type, in none of the types themselves. */
function withoutControl(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutControl);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !name.includes('@odata.') && name !== '@removed');
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutControl(inner)]));
}
