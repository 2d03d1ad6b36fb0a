import type { ProblemKind } from './catalogue.ts';
import { PROBLEMS } from './catalogue.ts';

/** One field of a request that cannot be used, and why: `{ field: 'hours.monday.0', says: '…' }`. */
export interface FieldProblem {
  readonly field: string;
  readonly says: string;
}

export interface ProblemDetails {
  readonly errors?: readonly FieldProblem[];
  /** Headers that belong to the answer, such as Allow. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the answer's body. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An answer other than the one asked for (RFC 9457). Throw it; the filter writes it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly errors: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  /** @param detail a plain sentence for the person who asked; the catalogue's own where it is left out */
  constructor(kind: ProblemKind, detail: string = PROBLEMS[kind].says, details: ProblemDetails = {}) {
    super(detail, { cause: details.cause });
    this.kind = kind;
    this.errors = details.errors ?? [];
    this.headers = details.headers ?? {};
    this.members = details.members ?? {};
  }

  get status(): number {
    return PROBLEMS[this.kind].status;
  }

  /** The body of the answer, `application/problem+json`. */
  toJSON(): object {
    const { status, title } = PROBLEMS[this.kind];
    const errors = this.errors.length > 0 ? { errors: this.errors } : {};
    return {
      type: `/problems/${this.kind}`,
      title,
      status,
      detail: this.message,
      ...errors,
      ...this.members,
    };
  }
}

/** One field that cannot be used, for reasons no schema knows. */
export function badInput(field: string, says: string): Problem {
  return new Problem('bad-input', `${field} ${says}.`, { errors: [{ field, says }] });
}
