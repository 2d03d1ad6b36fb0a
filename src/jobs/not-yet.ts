/** Thrown by a handler to have its job repeated with growing patience. Nobody's fault, so it is not logged as one. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}
