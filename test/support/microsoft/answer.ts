/** One request as it came over the line. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Thrown by whatever refuses; carries the answer in Graph's own form. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  answer(): Answer {
    const innerError = { date: '2026-11-20T08:00:00', 'request-id': 'fake', 'client-request-id': 'fake' };
    const error = { code: this.code, message: this.message, innerError };
    return { status: this.status, headers: this.headers, body: { error } };
  }
}

export function badRequest(message: string, code = 'BadRequest'): Refused {
  return new Refused(400, code, message);
}

export function notFound(): Refused {
  return new Refused(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}
