import type { OpenAPIObject } from '@nestjs/swagger';
import { escape, outline } from './outline.ts';
import type { Schema } from './outline.ts';

interface Operation {
  readonly summary?: string;
  readonly 'x-may-call'?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: unknown }> };
  readonly responses: Record<string, Answer>;
}

interface Answer {
  readonly description: string;
  readonly content?: Record<string, { readonly schema: unknown }>;
}

/** The OpenAPI document as a page that needs no script and nothing from elsewhere. */
export function docsPage(api: OpenAPIObject): string {
  const paths = Object.entries(api.paths).sort(([a], [b]) => (a < b ? -1 : 1));
  const operations = paths.flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      path,
      method,
      operation,
    })),
  );
  const list = operations.map((each) => section(each.path, each.method, each.operation)).join('\n');
  const schemas = Object.entries(api.components?.schemas ?? {})
    .map(
      ([name, schema]) =>
        `<section id="${escape(name)}"><h3>${escape(name)}</h3>${shape(schema as Schema)}</section>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Perennial: the API</title><link rel="stylesheet" href="/api/docs.css"></head>
<body><main><h1>The API of Perennial</h1>${prose(api.info.description ?? '')}
<p>For machines: <a href="/api/openapi.json">openapi.json</a></p>
<h2>Requests</h2>${list}<h2>Shapes</h2>${schemas}</main></body></html>`;
}

function section(path: string, method: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: where, required }) =>
      `<li><code>${escape(name)}</code> in the ${where}${required ? '' : ', optional'}</li>`,
  );
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  return `<details><summary><b>${method.toUpperCase()}</b> <code>${escape(path)}</code> ${escape(operation.summary ?? '')}</summary>
<p>For ${escape((operation['x-may-call'] ?? []).join(', '))}.</p>
${parameters.length > 0 ? `<ul>${parameters.join('')}</ul>` : ''}
${body === undefined ? '' : `<h4>Body</h4>${shape(body as Schema)}`}
${Object.entries(operation.responses).map(answer).join('\n')}</details>`;
}

function answer([status, { description, content }]: [string, Answer]): string {
  const [[type, { schema }] = ['', { schema: undefined }]] = Object.entries(content ?? {});
  const what = status === 'default' ? 'Any request' : `Answer ${status}`;
  const body = schema === undefined || type === 'application/problem+json' ? '' : shape(schema as Schema);
  return `<h4>${what}</h4>${prose(description)}${body}`;
}

function shape(schema: Schema): string {
  return `<pre tabindex="0">${outline(schema)}</pre>`;
}

function prose(text: string): string {
  const paragraphs = text.split('\n\n').filter((paragraph) => paragraph !== '');
  return paragraphs.map((each) => `<p>${escape(each).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`).join('');
}

export const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: auto; padding: 1rem; }
details { border-top: 1px solid #8884; padding: .5rem 0; }
summary { cursor: pointer; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; }
pre { overflow: auto; max-height: 24rem; padding: .75rem; background: #8881; border-radius: .5rem; }
`;
