import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import type { Shapes } from './shapes.ts';

export const SCHEMAS = fileURLToPath(new URL('./schemas.json', import.meta.url));

const ajv = new Ajv({ strict: false });
const made = JSON.parse(readFileSync(SCHEMAS, 'utf8')) as object;
ajv.addSchema(made, 'google');
const checks = new Map<string, ValidateFunction>();

/** @throws Error naming the first field that the client's own types do not know, or know otherwise */
export function checkShape(shape: keyof Shapes, value: unknown): void {
  const check = checks.get(shape) ?? ajv.compile({ $ref: `google#/definitions/Shapes/properties/${shape}` });
  checks.set(shape, check);
  if (check(value)) return;
  const [error] = check.errors!;
  const extra = JSON.stringify(error?.params);
  throw new Error(
    `not what Google's client calls ${shape}: ${error?.instancePath} ${error?.message} ${extra}`,
  );
}
