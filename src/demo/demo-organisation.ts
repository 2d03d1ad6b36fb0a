import { dayOf, weekdayOf } from '../domain/minute.ts';
import type { EpochDay } from '../domain/minute.ts';
import { toWall } from '../domain/zone.ts';
import type { Config } from '../config.ts';
import { hashOfToken, newToken } from '../platform/access/token-authenticator.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { Seal } from '../platform/seal.ts';
import type { PostgresStore } from '../store/postgres-store.ts';
import { DemoHistory } from './demo-history.ts';
import { OnlyTrouble } from './only-trouble.ts';
import type { LivePair } from './demo-history.ts';
import { DEMO_NAME, DEMO_PAIRS, DEMO_PEOPLE, DEMO_SIGN_INS, DEMO_ZONE, OFFICE_HOURS } from './demo-team.ts';
import type { DemoPair } from './demo-team.ts';

const SIGN_IN_DAYS = 30;

interface Ground {
  readonly config: Config;
  readonly store: PostgresStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** Fills an empty database with a team and its last six weeks. @returns whether it was empty */
export async function foundDemo(ground: Ground): Promise<boolean> {
  const { store, config, clock, log } = ground;
  if ((await store.organisations()).length > 0) return false;
  const organisation = await store.found({
    name: DEMO_NAME,
    zone: DEMO_ZONE,
    workingDays: [1, 2, 3, 4, 5],
    holidays: [],
    twoOfFour: true,
  });
  const today = dayOf(toWall(DEMO_ZONE, clock.now()));
  const firstMonday = today - weekdayOf(today) + 1 - 7 * DEMO_PAIRS[0]!.weeks.length;
  const people = await hire(ground, organisation);
  const pairs: LivePair[] = [];
  for (const pair of DEMO_PAIRS) pairs.push(await meet(ground, organisation, people, pair, firstMonday));
  const quiet = new OnlyTrouble(log.child({ demo: true }));
  const link = (series: string): string => `${config.baseUrl}/series/${series}`;
  await new DemoHistory(store, new Seal(config.secretsKey), quiet, link).live(
    pairs,
    firstMonday,
    clock.now(),
  );
  return true;
}

/** Fresh sign-in links of the demo's three roles; none where the organisation is somebody's own. */
export async function demoSignIns({
  store,
  config,
  clock,
}: Ground): Promise<{ name: string; link: string }[]> {
  const [organisation, ...others] = await store.organisations();
  if (!organisation || others.length > 0 || organisation.name !== DEMO_NAME) return [];
  const now = clock.now();
  return store.transaction(organisation.id, async ({ people, access }) => {
    const links = [];
    for (const email of DEMO_SIGN_INS) {
      const person = await people.byEmail(email);
      if (!person) continue;
      const token = newToken();
      await access.issue(person.id, hashOfToken(token), now, now + SIGN_IN_DAYS * 1440);
      links.push({
        name: `${person.name} (${person.roles.join(', ')})`,
        link: `${config.baseUrl}/#token=${token}`,
      });
    }
    return links;
  });
}

/** @returns everybody's id by address; each has a built-in calendar */
async function hire({ store }: Ground, organisation: string): Promise<ReadonlyMap<string, string>> {
  return store.transaction(organisation, async ({ people, accounts }) => {
    const ids = new Map<string, string>();
    for (const person of DEMO_PEOPLE) {
      const id = await people.add({ ...person, hours: OFFICE_HOURS, preferredHours: null, senior: false });
      ids.set(person.email, id);
      await accounts.connect({ person: id, provider: 'builtin', settings: {}, secret: null, nextPoll: null });
    }
    return ids;
  });
}

async function meet(
  { store, clock }: Ground,
  organisation: string,
  people: ReadonlyMap<string, string>,
  pair: DemoPair,
  firstMonday: EpochDay,
): Promise<LivePair> {
  const [manager, rep] = [people.get(pair.manager)!, people.get(pair.rep)!];
  const names = [pair.manager, pair.rep].map((email) => DEMO_PEOPLE.find((p) => p.email === email)!.name);
  return store.transaction(organisation, async ({ pairs, accounts, series }) => {
    const account = await accounts.primaryOf(manager);
    const id = await series.add(
      {
        pair: await pairs.add(manager, rep),
        account: account!.id,
        title: `1-on-1: ${names.map((name) => name.split(' ')[0]).join(' and ')}`,
        format: 'weekly_30',
        minutes: 30,
        rule: {
          zone: DEMO_ZONE,
          ...pair.anchor,
          everyWeeks: 1,
          firstDay: firstMonday + pair.anchor.weekday - 1,
        },
      },
      clock.now() + 1440,
    );
    return { organisation, series: id, manager, weeks: pair.weeks, deletesAhead: pair.deletesAhead ?? false };
  });
}
