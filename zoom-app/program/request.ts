/** A change asked of the API. */
export interface Request {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body?: unknown;
}
