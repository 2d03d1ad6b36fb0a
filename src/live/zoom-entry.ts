import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import * as z from 'zod';
import { Config } from '../config.ts';
import { minuteToIso } from '../domain/minute.ts';
import { MeetingPlatform } from '../meetings/meeting-platform.ts';
import type { Arrival } from '../meetings/meeting-platform.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Clock } from '../platform/clock.ts';
import { badInput, Problem } from '../platform/problems/problem.ts';
import { Signer } from '../platform/signer.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { Owner } from '../store/credential-lookups.ts';
import type { Stores } from '../store/stores.ts';
import type { NearMeeting } from '../store/zoom-accounts.ts';
import { Entry } from './entry.ts';
import type { Entered, ZoomBody, ZoomChallenge, ZoomCodeBody } from './live.api.ts';
import type { InSession } from './live-session.ts';
import { Sessions } from './sessions.ts';

const STATE = 'zoom authorization';
const authorization = z.object({ verifier: z.string(), until: z.int() });
const STATE_MS = 10 * 60_000;

/** A context is a bearer credential: once used, it is good for a reload that follows at once, and no longer. */
const REPLAY_MS = 60_000;

/** Minutes around a meeting's slot in which the app may be opened for it. */
const BEFORE = 60;
const AFTER = 120;

/** Ways in through the meeting client, which vouches for a person and a meeting. Never a name, never an address. */
@Injectable()
export class ZoomEntry {
  constructor(
    private readonly platform: MeetingPlatform,
    private readonly store: PostgresStore,
    private readonly sessions: Sessions,
    private readonly entry: Entry,
    private readonly signer: Signer,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  async byContext({ context, occurrence }: ZoomBody): Promise<Entered> {
    const arrival = this.#recognised(context);
    const owner = arrival.account === null ? null : await this.store.credentials.ownerOfZoom(arrival.account);
    if (!owner) return { is: 'not linked' };
    return this.#enter(owner, arrival, occurrence, context);
  }

  /** In-client authorization knows PKCE `plain` alone: the challenge is the verifier. */
  challenge(): ZoomChallenge {
    this.#mustBeConnected();
    const verifier = randomBytes(48).toString('base64url');
    const until = this.clock.milliseconds() + STATE_MS;
    return { codeChallenge: verifier, state: this.signer.sign(STATE, { verifier, until }) };
  }

  /** Links the person whose verified address the account has, once, and lets them in. */
  async byCode({ code, state, redirectUri, context }: ZoomCodeBody): Promise<Entered> {
    const arrival = this.#recognised(context);
    const note = this.signer.read(STATE, authorization, state, this.clock.milliseconds());
    if (!note) throw new Problem('not-recognised');
    if (!redirectUri.startsWith(`${this.config.baseUrl}/`))
      throw badInput('redirectUri', 'must be a page of this installation');
    const identity = await this.platform.identify({ code, verifier: note.verifier, redirectUri });
    if (!identity || identity.account !== arrival.account) throw new Problem('not-recognised');
    const owners = await this.store.credentials.personsByEmail(identity.email);
    if (owners.length !== 1) return { is: 'not linked' };
    const linked = await this.#link(owners[0]!, identity.account);
    return linked ? this.#enter(owners[0]!, arrival, undefined, context) : { is: 'not linked' };
  }

  #link({ organisation, person }: Owner, account: string): Promise<boolean> {
    const at = this.clock.now();
    return this.store.transaction(organisation, async ({ people, zoom, ledger }) => {
      if (!(await people.load(person))?.active) return false;
      if (!(await zoom.link(person, account, at))) return false;
      const because = 'The person let Zoom say who they are; from now on its word is enough.';
      const facts = { person };
      await ledger.append([
        { at, kind: 'link zoom', series: null, occurrence: null, actor: person, facts, because },
      ]);
      return true;
    });
  }

  #enter(owner: Owner, arrival: Arrival, named: ZoomBody['occurrence'], context: string): Promise<Entered> {
    const caller: Caller = { ...owner, roles: [] };
    return this.store.transaction(owner.organisation, async (stores): Promise<Entered> => {
      const found = named ? null : await this.#bound(stores, caller, arrival);
      const near = found ? [] : await this.#near(stores, owner.person, named);
      if (!found && near.length === 0) return { is: 'no meeting' };
      if (near.length > 1) return { is: 'choose', meetings: near.map(viewMeeting) };
      await this.#useOnce(stores, context, arrival);
      return this.entry.letIn(caller, found ?? (await this.#open(stores, caller, arrival, near[0]!)));
    });
  }

  async #bound(stores: Stores, caller: Caller, { meeting }: Arrival): Promise<InSession | null> {
    const bound = meeting === null ? null : await stores.zoom.boundTo(meeting, caller.person);
    return bound === null ? null : this.sessions.find(stores, caller, bound);
  }

  async #open(stores: Stores, caller: Caller, { meeting }: Arrival, near: NearMeeting): Promise<InSession> {
    const found = await this.sessions.open(stores, caller, near.series, near.key);
    if (meeting !== null) await stores.zoom.bind(found.live.id, meeting, this.clock.now());
    return found;
  }

  /** The meetings that this could be; the named one alone, where it is among them. */
  async #near(stores: Stores, person: string, named: ZoomBody['occurrence']): Promise<NearMeeting[]> {
    const now = this.clock.now();
    const near = await stores.zoom.near(person, { start: now - AFTER, end: now + BEFORE });
    return named ? near.filter((each) => each.series === named.series && each.key === named.key) : near;
  }

  #recognised(context: string): Arrival {
    this.#mustBeConnected();
    const arrival = this.platform.recognise(context, this.clock.milliseconds());
    if (!arrival) throw new Problem('not-recognised');
    return arrival;
  }

  #mustBeConnected(): void {
    if (!this.platform.connected) throw new Problem('zoom-is-off');
  }

  async #useOnce({ zoom }: Stores, context: string, { until }: Arrival): Promise<void> {
    const now = this.clock.milliseconds();
    const hash = createHash('sha256').update(Buffer.from(context, 'base64')).digest('hex');
    if ((await zoom.use(hash, now, until)) + REPLAY_MS < now) throw new Problem('not-recognised');
  }
}

function viewMeeting({ series, key, slot, ...meeting }: NearMeeting) {
  const { start, end } = slot;
  return { series, key, with: meeting.with, slot: { start: minuteToIso(start), end: minuteToIso(end) } };
}
