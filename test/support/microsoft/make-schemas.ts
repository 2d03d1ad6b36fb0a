import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

/** JSON schemas of everything in `shapes.ts`, unknown fields refused. Takes seconds: `schemas.json` keeps the answer. */
export function makeSchemas(): object {
  const root = join(import.meta.dirname, '../../..');
  const generator = createGenerator({
    path: join(import.meta.dirname, 'shapes.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    type: 'Shapes',
    skipTypeCheck: true,
    additionalProperties: false,
    jsDoc: 'none',
  });
  // Names of unnamed types hold positions in the generator's memory; only their order means anything.
  const names = new Map<string, string>();
  const text = JSON.stringify(generator.createSchema('Shapes')).replace(
    /def-(?:alias|interface)-[\d-]+\d/g,
    (name) => {
      names.set(name, names.get(name) ?? `unnamed-${names.size + 1}`);
      return names.get(name)!;
    },
  );
  return JSON.parse(text) as object;
}
