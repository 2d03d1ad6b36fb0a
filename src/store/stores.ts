import type { AccessStore } from './access.ts';
import type { BuiltinResourceStore } from './builtin-resources.ts';
import type { CallStore } from './calls.ts';
import type { CadenceStore } from './cadence.ts';
import type { PostgresFormerHomeStore } from './former-homes.ts';
import type { ClipStore } from './clips.ts';
import type { IdempotencyStore } from './idempotency.ts';
import type { MailStore } from './mail.ts';
import type { OccurrencePages } from './occurrence-pages.ts';
import type { OccurrenceStore } from './occurrences.ts';
import type { OrganisationStore } from './organisations.ts';
import type { PairStore } from './pairs.ts';
import type { PersonStore } from './people.ts';
import type { PeopleSay } from './people-say.ts';
import type { PostgresAccountStore } from './postgres-accounts.ts';
import type { PostgresLedgerStore } from './postgres-ledger.ts';
import type { PostgresSeriesStore } from './postgres-series.ts';
import type { SignInStore } from './sign-ins.ts';
import type { LoopStores } from './store.ts';
import type { VendorIdStore } from './vendor-ids.ts';
import type { WatchStore } from './watches.ts';
import type { SessionStore } from './sessions.ts';
import type { ZoomAccountStore } from './zoom-accounts.ts';

/** What a feature sees inside a transaction: the loop's stores and everything around them. */
export interface Stores extends LoopStores {
  readonly organisation: OrganisationStore;
  readonly people: PersonStore;
  readonly pairs: PairStore;
  readonly series: PostgresSeriesStore;
  readonly occurrences: OccurrenceStore;
  readonly occurrencePages: OccurrencePages;
  readonly peopleSay: PeopleSay;
  readonly accounts: PostgresAccountStore;
  readonly formerHomes: PostgresFormerHomeStore;
  readonly builtin: BuiltinResourceStore;
  readonly ledger: PostgresLedgerStore;
  readonly cadence: CadenceStore;
  readonly access: AccessStore;
  readonly idempotency: IdempotencyStore;
  readonly mail: MailStore;
  readonly signIns: SignInStore;
  readonly watches: WatchStore;
  readonly calls: CallStore;
  readonly vendorIds: VendorIdStore;
  readonly sessions: SessionStore;
  readonly clips: ClipStore;
  readonly zoom: ZoomAccountStore;
}
