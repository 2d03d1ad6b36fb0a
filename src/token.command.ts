import { parseArgs } from 'node:util';
import { readSettings } from './config.ts';
import { DAY } from './domain/minute.ts';
import { hashOfToken, newToken } from './platform/access/token-authenticator.ts';
import { SystemClock } from './platform/clock.ts';
import type { Owner } from './store/credential-lookups.ts';
import type { PostgresStore } from './store/postgres-store.ts';
import { withStore } from './store/with-store.ts';

const USAGE = 'Usage: npm run token -- --person EMAIL [--days 30] [--organisation ID]';
const MOST_DAYS = 3650;

interface Wish {
  readonly email: string;
  readonly days: number;
  readonly organisation: string | null;
}

/** `npm run token`: a bearer token for somebody, shown this once. 1: nobody has the address. 2: asked wrongly. */
async function main(): Promise<number> {
  const wish = read();
  if (!wish) {
    console.error(USAGE);
    return 2;
  }
  const settings = readSettings();
  const token = await withStore(settings, (store) => issue(store, wish));
  if (token === null) return 1;
  console.log(`A token for ${wish.email}, good for ${wish.days} days. It is shown only now:`);
  console.log(`  ${token}`);
  console.log('To sign in with it, open:');
  console.log(`  ${settings.baseUrl}/#token=${token}`);
  return 0;
}

function read(): Wish | null {
  const text = { type: 'string' } as const;
  try {
    const options = { person: text, days: text, organisation: text };
    const {
      person,
      days = '30',
      organisation = null,
    } = parseArgs({ args: process.argv.slice(2), options }).values;
    const count = Number(days);
    if (!person || !Number.isInteger(count) || count < 1 || count > MOST_DAYS) return null;
    return { email: person, days: count, organisation };
  } catch {
    return null;
  }
}

async function issue(store: PostgresStore, wish: Wish): Promise<string | null> {
  const owner = await find(store, wish);
  if (!owner) return null;
  const token = newToken();
  const now = new SystemClock().now();
  return store.transaction(owner.organisation, async ({ people, access, ledger }) => {
    if (!(await people.load(owner.person))?.active) {
      console.error(`${wish.email} has left and can no longer sign in.`);
      return null;
    }
    await access.issue(owner.person, hashOfToken(token), now, now + wish.days * DAY);
    const because = 'Somebody with access to the server made a token for this person.';
    const facts = { person: owner.person, days: wish.days };
    const actor = 'perennial';
    await ledger.append([
      { at: now, kind: 'issue token', series: null, occurrence: null, actor, facts, because },
    ]);
    return token;
  });
}

/** One address may belong to a person in each of several organisations: then somebody has to say which. */
async function find(store: PostgresStore, { email, organisation }: Wish): Promise<Owner | null> {
  const all = await store.credentials.personsByEmail(email);
  const owners = all.filter((owner) => organisation === null || owner.organisation === organisation);
  if (owners.length === 1) return owners[0]!;
  if (owners.length === 0) console.error(`Nobody here has the address ${email}.`);
  else console.error(`${email} is in several organisations. Add --organisation with one of: ${ids(owners)}`);
  return null;
}

function ids(owners: readonly Owner[]): string {
  return owners.map((owner) => owner.organisation).join(', ');
}

process.exitCode = await main();
