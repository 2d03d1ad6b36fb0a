import { parseArgs } from 'node:util';
import { readSettings } from './config.ts';
import { officeHours } from './domain/person.ts';
import { isZone } from './domain/zone.ts';
import { hashOfToken, newToken } from './platform/access/token-authenticator.ts';
import { SystemClock } from './platform/clock.ts';
import type { PostgresStore } from './store/postgres-store.ts';
import { withStore } from './store/with-store.ts';

const USAGE =
  'Usage: npm run organisation -- --name "Northwind" --zone Europe/Berlin --admin "Helen Brandt <helen@example.com>"';
const SIGN_IN_DAYS = 30;

interface Founding {
  readonly name: string;
  readonly zone: string;
  readonly admin: { readonly name: string; readonly email: string };
}

/** `npm run organisation`: a new organisation with its first admin, who invites everybody else. 2: asked wrongly. */
async function main(): Promise<number> {
  const founding = read();
  if (!founding) {
    console.error(USAGE);
    return 2;
  }
  const settings = readSettings();
  const token = await withStore(settings, (store) => found(store, founding));
  console.log(
    `${founding.name} is ready. ${founding.admin.name} signs in here, within ${SIGN_IN_DAYS} days:`,
  );
  console.log(`  ${settings.baseUrl}/#token=${token}`);
  return 0;
}

function read(): Founding | null {
  const text = { type: 'string' } as const;
  const {
    name,
    zone = 'UTC',
    admin = '',
  } = parseArgs({ options: { name: text, zone: text, admin: text } }).values;
  const [, person, email] = /^\s*([^<>]+?)\s*<([^<>\s@]+@[^<>\s@]+)>\s*$/.exec(admin) ?? [];
  if (!name || !person || !email) return null;
  if (!isZone(zone)) {
    console.error(`"${zone}" is no time zone that is known here; one is called Europe/Berlin, for example.`);
    return null;
  }
  return { name, zone, admin: { name: person, email } };
}

async function found(store: PostgresStore, { name, zone, admin }: Founding): Promise<string> {
  const week = { workingDays: [1, 2, 3, 4, 5], holidays: [], twoOfFour: true } as const;
  const organisation = await store.found({ name, zone, ...week });
  const now = new SystemClock().now();
  return store.transaction(organisation, async ({ people, accounts, access }) => {
    const details = {
      ...admin,
      zone,
      hours: officeHours(week.workingDays),
      preferredHours: null,
      senior: false,
    };
    const person = await people.add({ ...details, roles: ['admin'] });
    await accounts.connect({ person, provider: 'builtin', settings: {}, secret: null, nextPoll: null });
    const token = newToken();
    await access.issue(person, hashOfToken(token), now, now + SIGN_IN_DAYS * 1440);
    return token;
  });
}

process.exitCode = await main();
