import type { Minute } from '../domain/minute.ts';
import type { Told } from '../domain/notices.ts';
import { isId } from './scope.ts';
import type { Scope } from './scope.ts';

export interface NewMail {
  readonly to: string;
  /** Whom an answer reaches; our own address is read by nobody. */
  readonly replyTo?: string | null;
  readonly subject: string;
  readonly text: string;
  /** An invitation (iMIP): the iCalendar object and its METHOD. */
  readonly invitation: { readonly ics: string; readonly method: 'REQUEST' | 'CANCEL' } | null;
}

export interface OutgoingMail extends NewMail {
  readonly replyTo: string | null;
  readonly id: string;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly tries: number;
}

/** Mail leaves in three steps: written with its cause, queued with the same transaction, sent by a worker. */
export class MailStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** @returns the id that a `send-mail` job takes */
  async add(mail: NewMail, at: Minute): Promise<string> {
    const row = await this.#scope.first<{ id: string }>(
      `INSERT INTO outgoing_mail (organisation_id, recipient, reply_to, subject, text, ics, method, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
      [
        mail.to,
        mail.replyTo ?? null,
        mail.subject,
        mail.text,
        mail.invitation?.ics ?? null,
        mail.invitation?.method ?? null,
        at,
      ],
    );
    return row!.id;
  }

  async load(mail: string): Promise<OutgoingMail | null> {
    if (!isId(mail)) return null;
    return this.#scope.first<OutgoingMail>(
      `SELECT id, recipient AS "to", reply_to AS "replyTo", subject, text, state, tries,
              CASE WHEN ics IS NOT NULL THEN json_build_object('ics', ics, 'method', method) END AS invitation
       FROM outgoing_mail WHERE organisation_id = $1 AND id = $2`,
      [mail],
    );
  }

  async markSent(mail: string): Promise<void> {
    await this.#scope.write(
      `UPDATE outgoing_mail SET state = 'sent', tries = tries + 1, because = NULL
       WHERE organisation_id = $1 AND id = $2`,
      [mail],
    );
  }

  /** @param final nobody tries again */
  async markFailed(mail: string, because: string, final: boolean): Promise<void> {
    await this.#scope.write(
      `UPDATE outgoing_mail SET state = CASE WHEN $4 THEN 'failed' ELSE state END, tries = tries + 1, because = $3
       WHERE organisation_id = $1 AND id = $2`,
      [mail, because, final],
    );
  }

  /** What the guests of a series were last told; null for nothing yet. */
  async told(series: string): Promise<Told | null> {
    const row = await this.#scope.first<{ told: Told }>(
      'SELECT told FROM told WHERE organisation_id = $1 AND series_id = $2',
      [series],
    );
    return row?.told ?? null;
  }

  async saveTold(series: string, told: Told): Promise<void> {
    await this.#scope.write(
      `INSERT INTO told (organisation_id, series_id, told) VALUES ($1, $2, $3)
       ON CONFLICT (organisation_id, series_id) DO UPDATE SET told = excluded.told`,
      [series, JSON.stringify(told)],
    );
  }
}
