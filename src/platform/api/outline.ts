/** A JSON schema, as far as our own zod schemas come to. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

/** A schema in a few lines, the way one would write it down for a colleague; names of shapes become links. */
export function outline(schema: Schema, indent = ''): string {
  if (schema.$ref !== undefined) return link(schema.$ref.split('/').at(-1)!);
  if (schema.enum) return schema.enum.map((value) => escape(JSON.stringify(value))).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => outline(choice, indent)).join(' | ');
  if (schema.properties) return fields(schema, indent);
  if (schema.items) return `list of ${outline(schema.items, indent)}`;
  if (typeof schema.additionalProperties === 'object') {
    return `each of ${outline(schema.additionalProperties, indent)}`;
  }
  return escape(schema.format ?? [schema.type ?? 'anything'].flat().join(' | '));
}

function fields({ properties, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties ?? {}).map(([name, field]) => {
    const mark = required.includes(name) ? '' : '?';
    const note = field.description === undefined ? '' : `  <i>${escape(field.description)}</i>`;
    return `${inner}<b>${escape(name)}</b>${mark}: ${outline(field, inner)}${note}`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function link(name: string): string {
  return `<a href="#${escape(name)}">${escape(name)}</a>`;
}

/** Text as it may stand in HTML, in an attribute too. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
