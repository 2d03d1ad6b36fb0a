import { AccessStore } from './access.ts';
import { BuiltinResourceStore } from './builtin-resources.ts';
import { CallStore } from './calls.ts';
import { CadenceStore } from './cadence.ts';
import { PostgresFormerHomeStore } from './former-homes.ts';
import { ClipStore } from './clips.ts';
import { IdempotencyStore } from './idempotency.ts';
import { MailStore } from './mail.ts';
import { OccurrencePages } from './occurrence-pages.ts';
import { OccurrenceStore } from './occurrences.ts';
import { OrganisationStore } from './organisations.ts';
import { PairStore } from './pairs.ts';
import { PersonStore } from './people.ts';
import { PeopleSay } from './people-say.ts';
import { PostgresAccountStore } from './postgres-accounts.ts';
import { PostgresSeriesStore } from './postgres-series.ts';
import { SignInStore } from './sign-ins.ts';
import type { Scope } from './scope.ts';
import { SessionStore } from './sessions.ts';
import type { Stores } from './stores.ts';
import { VendorIdStore } from './vendor-ids.ts';
import { WatchStore } from './watches.ts';
import { ZoomAccountStore } from './zoom-accounts.ts';

/** The stores that write at once; ledger and jobs wait for the end of the transaction, which keeps them. */
export function openStores(scope: Scope): Omit<Stores, 'ledger' | 'jobs'> {
  return {
    organisation: new OrganisationStore(scope),
    people: new PersonStore(scope),
    pairs: new PairStore(scope),
    series: new PostgresSeriesStore(scope),
    occurrences: new OccurrenceStore(scope),
    occurrencePages: new OccurrencePages(scope),
    peopleSay: new PeopleSay(scope),
    accounts: new PostgresAccountStore(scope),
    formerHomes: new PostgresFormerHomeStore(scope),
    builtin: new BuiltinResourceStore(scope),
    cadence: new CadenceStore(scope),
    access: new AccessStore(scope),
    idempotency: new IdempotencyStore(scope),
    mail: new MailStore(scope),
    signIns: new SignInStore(scope),
    watches: new WatchStore(scope),
    calls: new CallStore(scope),
    vendorIds: new VendorIdStore(scope),
    sessions: new SessionStore(scope),
    clips: new ClipStore(scope),
    zoom: new ZoomAccountStore(scope),
  };
}
