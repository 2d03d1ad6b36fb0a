/** To what the sealed secret of a calendar account belongs: it opens for that account and nowhere else. */
export function secretContext(organisation: string, account: string): string {
  return `calendar account ${organisation} ${account}`;
}
