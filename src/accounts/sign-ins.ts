import { Injectable } from '@nestjs/common';
import { CalendarError } from '../calendars/calendar-error.ts';
import type { SignedIn, Vendor, VendorSignIn } from '../calendars/vendor-sign-in.ts';
import { Vendors } from '../calendars/vendors.ts';
import { Config } from '../config.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Clock } from '../platform/clock.ts';
import { badInput, Problem } from '../platform/problems/problem.ts';
import { Seal } from '../platform/seal.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { BegunSignIn } from '../store/sign-ins.ts';
import type { SignInQuery } from './accounts.api.ts';
import { VENDOR_NAMES } from './advice.ts';
import { found } from './found.ts';
import { offerOf } from './offers.ts';
import { HOME_OF_CALENDARS, isOwnPage } from './own-page.ts';
import { challengeOf, hashOf, isHashOf, newProof } from './sign-in-proof.ts';
import { VendorConnections } from './vendor-connections.ts';

/** Minutes for which a sign-in may take. */
export const SIGN_IN_MINUTES = 10;

/** What a browser brings back from the vendor. */
export interface BroughtBack {
  readonly state?: string | undefined;
  readonly code?: string | undefined;
  readonly error?: string | undefined;
  /** From the cookie. */
  readonly browser: string;
}

/** Why a sign-in came to nothing; the page has the words. */
export type SignInRefusal =
  'expired' | 'other-browser' | 'declined' | 'refused' | 'unreachable' | 'other-account' | 'switched-off';

type Begun = BegunSignIn & { readonly organisation: string };

/**
 * Signing in at a vendor: authorisation code with PKCE. The state is good once, for ten minutes, and only in the
 * browser of the person who began: nobody can have a stranger's calendar connected to their own account.
 */
@Injectable()
export class SignIns {
  constructor(
    private readonly store: PostgresStore,
    private readonly vendors: Vendors,
    private readonly connections: VendorConnections,
    private readonly config: Config,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem not-possible where the vendor is off, unknown-account */
  async begin(caller: Caller, vendor: Vendor, query: SignInQuery): Promise<{ url: string; browser: string }> {
    const signIn = this.#signInAt(vendor);
    const returnTo = query.returnTo ?? HOME_OF_CALENDARS;
    if (!isOwnPage(returnTo)) throw badInput('returnTo', 'must be a page of this service, such as /calendar');
    const { state, browser, verifier } = newProof();
    const now = this.clock.now();
    const loginHint = await this.store.transaction(caller.organisation, async (stores) => {
      const account = query.account === undefined ? null : await found(stores, caller, query.account);
      if (account && (account.person !== caller.person || account.provider !== vendor))
        throw new Problem('not-allowed', 'Only its owner can sign in to a calendar account again.');
      await stores.signIns.begin(
        {
          stateHash: hashOf(state),
          browserHash: hashOf(browser),
          person: caller.person,
          account: account?.id ?? null,
          vendor,
          verifier: this.seal.close(verifier, contextOf(state)),
          returnTo,
          expiresAt: now + SIGN_IN_MINUTES,
        },
        now,
      );
      return account?.settings['email'] ?? (await stores.people.load(caller.person))!.email;
    });
    const redirectUri = this.#redirectUri(vendor);
    const url = signIn.authoriseUrl({ state, codeChallenge: challengeOf(verifier), redirectUri, loginHint });
    return { url, browser };
  }

  /** @returns the path of ours to go on to, with what came of it */
  async finish(vendor: Vendor, brought: BroughtBack): Promise<string> {
    const begun = await this.store.vendors.takeSignIn(hashOf(brought.state ?? ''));
    const page = begun && isOwnPage(begun.returnTo) ? begun.returnTo : HOME_OF_CALENDARS;
    const outcome = begun ? await this.#connect(vendor, begun, brought) : { refused: 'expired' as const };
    return `${page}?${new URLSearchParams({ provider: vendor, ...outcome }).toString()}`;
  }

  async #connect(
    vendor: Vendor,
    begun: Begun,
    brought: BroughtBack,
  ): Promise<{ refused: SignInRefusal } | { connected: string }> {
    if (begun.vendor !== vendor || begun.expiresAt <= this.clock.now()) return { refused: 'expired' };
    if (!isHashOf(brought.browser, begun.browserHash)) return { refused: 'other-browser' };
    if (brought.error !== undefined || brought.code === undefined) return { refused: 'declined' };
    const known = this.vendors.of(vendor);
    if (!known) return { refused: 'switched-off' };
    const verifier = this.seal.open(begun.verifier, contextOf(brought.state!));
    const signedIn = await this.#exchanged(known.signIn, brought.code, verifier);
    if (typeof signedIn === 'string') return { refused: signedIn };
    const account = await this.connections.connectOwn(begun, signedIn);
    return account === null ? { refused: 'other-account' } : { connected: account };
  }

  async #exchanged(signIn: VendorSignIn, code: string, verifier: string): Promise<SignedIn | SignInRefusal> {
    try {
      return await signIn.exchange(code, verifier, this.#redirectUri(signIn.vendor));
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      return error.trouble === 'AccessRevoked' ? 'refused' : 'unreachable';
    }
  }

  #signInAt(vendor: Vendor): VendorSignIn {
    const known = this.vendors.of(vendor);
    if (known && offerOf(this.config, vendor).signIn) return known.signIn;
    throw new Problem(
      'not-possible',
      `Signing in with ${VENDOR_NAMES[vendor]} is switched off in this installation.`,
    );
  }

  /** Ours alone: the vendor compares it with what it was told when our application was registered. */
  #redirectUri(vendor: Vendor): string {
    return `${this.config.baseUrl}/oauth/${vendor}/callback`;
  }
}

/** The verifier opens only together with the state that the browser brings back. */
function contextOf(state: string): string {
  return `sign-in ${hashOf(state)}`;
}
