/** How long a lock is waited for: below the patience of most clients, and nobody holds a connection for longer. */
export const LOCK_PATIENCE = '10s';

const LOCK_NOT_AVAILABLE = '55P03';

/** Whether a statement gave up because somebody else held what it wanted. */
export function gaveUpWaiting(error: unknown): boolean {
  return (error as { code?: string }).code === LOCK_NOT_AVAILABLE;
}
