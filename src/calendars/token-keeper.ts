import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Seal } from '../platform/seal.ts';
import type { PostgresStore } from '../store/postgres-store.ts';
import type { CalendarAccount } from '../store/store.ts';
import { Access } from './access.ts';
import { secretContext } from './account-secret.ts';
import { CalendarError } from './calendar-error.ts';
import type { VendorSecrets, VendorSignIn } from './vendor-sign-in.ts';

/** Minutes before its end at which an access token is replaced: longer than any one look at a calendar. */
const EARLY = 5;
const SOON_SECONDS = 5;

const secretsShape = z.object({
  accessToken: z.string(),
  expiresAt: z.number(),
  refreshToken: z.string().nullable(),
});

/** Keeps what opens vendors' calendars: sealed in the store, refreshed early, by one process at a time. */
export class TokenKeeper {
  /** One refresh of an account in this process, whoever waits for it. */
  readonly #refreshing = new Map<string, Promise<VendorSecrets>>();

  constructor(
    private readonly store: PostgresStore,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** For the row of an account that has an id already. */
  sealed(organisation: string, account: string, secrets: VendorSecrets): string {
    return this.seal.close(JSON.stringify(secrets), secretContext(organisation, account));
  }

  accessOf(organisation: string, account: Pick<CalendarAccount, 'id'>, signIn: VendorSignIn): Access {
    return new AccountAccess(this, organisation, account.id, signIn);
  }

  /** @param refused a token that is no good, whatever its end says */
  async token(
    organisation: string,
    account: string,
    signIn: VendorSignIn,
    refused?: string,
  ): Promise<string> {
    const { secrets } = await this.#read(organisation, account);
    if (this.#isGood(secrets, refused)) return secrets.accessToken;
    const known = this.#refreshing.get(account);
    if (known) return (await known).accessToken;
    const refreshing = this.#refresh(organisation, account, signIn, refused).finally(() =>
      this.#refreshing.delete(account),
    );
    this.#refreshing.set(account, refreshing);
    return (await refreshing).accessToken;
  }

  /** Whoever waited for the lock finds the winner's token and takes that. */
  async #refresh(
    organisation: string,
    account: string,
    signIn: VendorSignIn,
    refused: string | undefined,
  ): Promise<VendorSecrets> {
    const outcome = await this.store.asOnlyRefresher(account, async () => {
      const { secrets, email, sealed } = await this.#read(organisation, account);
      if (this.#isGood(secrets, refused)) return secrets;
      const fresh = await renewed(signIn, secrets, email);
      const secret = this.sealed(organisation, account, fresh);
      // Its owner may have signed in again meanwhile: theirs stays.
      await this.store.transaction(organisation, ({ accounts }) =>
        accounts.replaceSecret(account, sealed, secret),
      );
      return fresh;
    });
    if (outcome !== 'taken') return outcome;
    const { secrets } = await this.#read(organisation, account);
    if (this.#isGood(secrets, refused)) return secrets;
    const message = 'The sign-in of this calendar is being renewed elsewhere.';
    throw new CalendarError('Unreachable', message, { retryAfter: SOON_SECONDS });
  }

  #isGood({ accessToken, expiresAt }: VendorSecrets, refused: string | undefined): boolean {
    return accessToken !== refused && expiresAt - EARLY > this.clock.now();
  }

  async #read(
    organisation: string,
    account: string,
  ): Promise<{ secrets: VendorSecrets; email: string; sealed: string }> {
    const found = await this.store.transaction(organisation, ({ accounts }) => accounts.load(account));
    const { secret: sealed, email = '' } = found?.settings ?? {};
    if (sealed === undefined)
      throw new CalendarError('AccessRevoked', 'Nobody is signed in to this calendar.');
    try {
      const text = this.seal.open(sealed, secretContext(organisation, account));
      return { secrets: secretsShape.parse(JSON.parse(text)), email, sealed };
    } catch (cause) {
      const message = 'The sign-in of this calendar was sealed with another key. Sign in again.';
      throw new CalendarError('AccessRevoked', message, { cause });
    }
  }
}

class AccountAccess extends Access {
  constructor(
    private readonly keeper: TokenKeeper,
    private readonly organisation: string,
    private readonly account: string,
    private readonly signIn: VendorSignIn,
  ) {
    super();
  }

  override token(): Promise<string> {
    return this.keeper.token(this.organisation, this.account, this.signIn);
  }

  override insteadOf(refused: string): Promise<string> {
    return this.keeper.token(this.organisation, this.account, this.signIn, refused);
  }
}

/** The account of a whole domain has no refresh token: the service's own key opens it anew. */
async function renewed(signIn: VendorSignIn, secrets: VendorSecrets, email: string): Promise<VendorSecrets> {
  const { refreshToken } = secrets;
  return refreshToken === null
    ? (await signIn.actFor(email)).secrets
    : signIn.refresh({ ...secrets, refreshToken });
}
