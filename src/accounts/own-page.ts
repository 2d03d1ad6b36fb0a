/** Pages that a sign-in may come back to. Anything else would let a stranger choose where our visitors land. */
const PAGES: ReadonlySet<string> = new Set(['/calendar', '/']);

export const HOME_OF_CALENDARS = '/calendar';

/** Whether it is the path of a page of ours, and no address of anybody else's in disguise. */
export function isOwnPage(path: string): boolean {
  return PAGES.has(path);
}
