import { createTransport } from 'nodemailer';
import type { Transporter } from 'nodemailer';
import type { OutgoingMail } from '../../store/mail.ts';

/** A mail server that refused, or could not be asked. The message is for the log and the page, without secrets. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  /** Whether asking again is of no use: the server will never take this mail. */
  readonly final: boolean;

  constructor(message: string, final: boolean, cause: unknown) {
    super(message, { cause });
    this.final = final;
  }
}

/** Hands one mail to a mail server. */
export abstract class MailTransport {
  /** Resolves once the server took the mail over. @throws MailRefused */
  abstract send(mail: OutgoingMail): Promise<void>;
}

/** Patience in milliseconds: a job that waits longer than the queue's own limit would be run twice. */
const PATIENCE = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 };

/** Mail over SMTP. An invitation goes as clients know it from Gmail: among the alternatives, and as an attachment. */
export class SmtpTransport extends MailTransport {
  readonly #transport: Transporter;
  readonly #from: string;

  /** @param url `smtp://name:password@host:587`, `smtps://` @param from an address, or `Name <address>` */
  constructor(url: string, from: string) {
    super();
    this.#transport = createTransport({ url, ...PATIENCE });
    this.#from = from;
  }

  override async send({ id, to, replyTo, subject, text, invitation }: OutgoingMail): Promise<void> {
    const icalEvent = invitation && {
      method: invitation.method,
      content: invitation.ics,
      filename: 'invite.ics',
    };
    const domain = addressIn(this.#from).split('@')[1]!;
    try {
      await this.#transport.sendMail({
        // The same for every try, so that a mail that arrives twice after a lost answer is seen as one.
        messageId: `<${id}@${domain}>`,
        from: this.#from,
        to: { name: '', address: to },
        ...(replyTo && { replyTo: { name: '', address: replyTo } }),
        subject,
        text,
        ...(icalEvent && { icalEvent }),
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw refusal(error);
    }
  }
}

/** The bare address in `Name <address>`. */
export function addressIn(from: string): string {
  return /<([^<>]+)>/.exec(from)?.[1] ?? from.trim();
}

interface SmtpError {
  readonly code?: string;
  readonly responseCode?: number;
}

// A 5xx means this mail, except while signing in: those settings can be put right, and then the mail goes.
function refusal(error: unknown): MailRefused {
  const { code, responseCode } = error as SmtpError;
  const final = code !== 'EAUTH' && responseCode !== undefined && responseCode >= 500;
  const what =
    responseCode === undefined ? 'The mail server cannot be reached' : `The mail server says ${responseCode}`;
  return new MailRefused(`${what}${code ? ` (${code})` : ''}.`, final, error);
}
