import { createHash } from 'node:crypto';
import type { NativeClient } from './native-client.ts';
import type { Role } from './rules.ts';

/** Somebody in the meeting. Their uuid there changes with their role, as Zoom's does. */
export interface Participant {
  /** Zoom's stable id of the person; null for a guest. */
  readonly uid: string | null;
  readonly screenName: string;
  role: Role;
  participantUUID: string;
}

/** What becomes of messages between participants on their way. */
export type Delivery = 'in order' | 'lost' | 'twice' | 'reversed';

/** One Zoom meeting, in which several people may have the app open. */
export class SimulatedMeeting {
  readonly participants: Participant[] = [];
  readonly clients: NativeClient[] = [];
  delivery: Delivery = 'in order';
  ended = false;
  #held: (() => void)[] = [];
  #uuids = 0;

  constructor(readonly uuid: string) {}

  join(person: {
    readonly uid: string | null;
    readonly screenName: string;
    readonly role: Role;
  }): Participant {
    const participant = { ...person, participantUUID: this.#nextUuid() };
    this.participants.push(participant);
    this.#tellHosts('join', participant);
    return participant;
  }

  /** Makes somebody host, co-host or attendee; with it goes a new participant uuid. */
  async changeRole(participant: Participant, role: Role): Promise<void> {
    participant.role = role;
    participant.participantUUID = this.#nextUuid();
    const { screenName, participantUUID } = participant;
    for (const client of this.clients.filter(({ person }) => person === participant)) {
      const who = { screenName, participantUUID, role, status: 'authorized' };
      const told = client.event('onMyUserContextChange', who);
      // At once: the page may answer the event with a new config before it is known that the event arrived.
      client.forgetConfig();
      await told;
    }
  }

  /** Brings a message to everybody's panel but the sender's. */
  carry(from: NativeClient, payload: unknown): void {
    if (this.delivery === 'lost') return;
    const deliver = (): void => {
      for (const client of this.clients)
        if (client.person !== from.person)
          void client.event('onMessage', { payload, participantUUID: from.person.participantUUID });
    };
    if (this.delivery === 'reversed') return this.#hold(deliver);
    deliver();
    if (this.delivery === 'twice') deliver();
  }

  /** A window is gone; the person may have others. */
  leave(client: NativeClient): void {
    const at = this.clients.indexOf(client);
    if (at >= 0) this.clients.splice(at, 1);
  }

  async end(): Promise<void> {
    this.ended = true;
    for (const client of this.clients) await client.event('onMeeting', { action: 'ended' });
  }

  /** Two messages change places. */
  #hold(deliver: () => void): void {
    this.#held.unshift(deliver);
    if (this.#held.length < 2) return;
    for (const held of this.#held.splice(0)) held();
  }

  #tellHosts(status: 'join' | 'leave', { participantUUID, screenName, role }: Participant): void {
    const participants = [{ status, participantUUID, screenName, role }];
    for (const client of this.clients) void client.event('onParticipantChange', { participants });
  }

  #nextUuid(): string {
    return createHash('sha256')
      .update(`${this.uuid}${++this.#uuids}`)
      .digest('hex')
      .toUpperCase()
      .slice(0, 32);
  }
}
