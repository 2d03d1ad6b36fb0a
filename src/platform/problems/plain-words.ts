import { StandardSchemaValidationPipe } from '@nestjs/common';
import * as z from 'zod';
import type { FieldProblem } from './problem.ts';
import { Problem } from './problem.ts';

type Issue = Parameters<NonNullable<ReturnType<typeof z.config>['customError']>>[0];

/** Schemas that bring no sentence of their own speak in these. A field's name goes before each of them. */
function sayPlainly(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${KINDS[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'must not be empty'
        : `must be at least ${sizeOf(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `must be at most ${sizeOf(issue.maximum, issue.origin)}`;
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? 'in another form'}`;
    default:
      return undefined;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'an id',
  email: 'an e-mail address',
  url: 'an address such as https://calendar.example.com',
  datetime: 'a point in time such as 2026-11-24T10:00:00+01:00',
  date: 'a day such as 2026-11-24',
};

function sizeOf(size: number | bigint, origin: string): string {
  if (origin === 'string') return `${size} characters`;
  return origin === 'array' ? `${size} entries` : String(size);
}

/** Each field that cannot be used, unknown ones by their own name. */
function fieldProblems(issues: readonly unknown[]): FieldProblem[] {
  return (issues as readonly z.core.$ZodIssue[]).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: nameOf([...issue.path, key]), says: 'is not known here' }))
      : [{ field: nameOf(issue.path), says: issue.message }],
  );
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'body' : path.map(String).join('.');
}

/** Holds requests against their schemas, and says of each field in plain words what is wrong with it. */
export function validation(): StandardSchemaValidationPipe {
  z.config({ customError: sayPlainly });
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => {
      const errors = fieldProblems(issues);
      return new Problem('bad-input', `${errors.map(({ field, says }) => `${field} ${says}`).join('; ')}.`, {
        errors,
      });
    },
  });
}
