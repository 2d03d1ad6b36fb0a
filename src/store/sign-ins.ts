import type { Minute } from '../domain/minute.ts';
import type { Vendor } from '../calendars/vendor-sign-in.ts';
import type { Scope } from './scope.ts';

/** A sign-in at a vendor that somebody began. It is good once, in the browser that began it, for a while. */
export interface BegunSignIn {
  readonly stateHash: string;
  readonly browserHash: string;
  readonly person: string;
  /** The account to connect again; null for a new one. */
  readonly account: string | null;
  readonly vendor: Vendor;
  /** The PKCE verifier, sealed. */
  readonly verifier: string;
  /** A path of ours. */
  readonly returnTo: string;
  readonly expiresAt: Minute;
}

export class SignInStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Those that ran out are forgotten on the way. */
  async begin(signIn: BegunSignIn, now: Minute): Promise<void> {
    await this.#scope.write('DELETE FROM sign_in WHERE organisation_id = $1 AND expires_at <= $2', [now]);
    await this.#scope.write(
      `INSERT INTO sign_in (organisation_id, state_hash, browser_hash, person_id, account_id, vendor, verifier,
                            return_to, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        signIn.stateHash,
        signIn.browserHash,
        signIn.person,
        signIn.account,
        signIn.vendor,
        signIn.verifier,
        signIn.returnTo,
        signIn.expiresAt,
      ],
    );
  }
}
