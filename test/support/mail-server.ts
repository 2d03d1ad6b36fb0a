import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** One part of a mail: its content type in small letters, and its text as it was meant. */
export interface MailPart {
  readonly type: string;
  readonly disposition: string;
  readonly text: string;
}

export interface CaughtMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: readonly MailPart[];
}

/** A real mail server on its own port that keeps what it takes, and refuses on demand. */
export class MailServer {
  readonly caught: CaughtMail[] = [];
  /** The answer to the next mail; null: taken. */
  refuse: { readonly code: number; readonly says: string } | null = null;
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (this.refuse) {
          done(Object.assign(new Error(this.refuse.says), { responseCode: this.refuse.code }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        this.caught.push({ from, to, ...readMail(Buffer.concat(chunks).toString('utf8')) });
        done();
        this.arrived();
      });
    },
  });

  private arrived: () => void = () => undefined;

  /** Resolves when the next mail was taken. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.arrived = resolve;
    });
  }

  /** @returns the address for SMTP_URL */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function readMail(text: string): Pick<CaughtMail, 'headers' | 'parts'> {
  const { headers, body } = split(text);
  return { headers, parts: partsOf(headers, body) };
}

function partsOf(headers: Readonly<Record<string, string>>, body: string): MailPart[] {
  const type = headers['content-type'] ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (!boundary)
    return [
      {
        type: type.toLowerCase(),
        disposition: headers['content-disposition'] ?? '',
        text: decoded(headers, body),
      },
    ];
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .flatMap((part) => {
      const inner = split(part.replace(/^\r\n/, '').replace(/\r\n$/, ''));
      return partsOf(inner.headers, inner.body);
    });
}

function split(text: string): { headers: Record<string, string>; body: string } {
  const end = text.indexOf('\r\n\r\n');
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const pairs = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  return { headers: Object.fromEntries(pairs) as Record<string, string>, body: text.slice(end + 4) };
}

function decoded(headers: Readonly<Record<string, string>>, body: string): string {
  switch (headers['content-transfer-encoding']) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8');
    case 'quoted-printable': {
      const bytes = body
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      return Buffer.from(bytes, 'latin1').toString('utf8');
    }
    default:
      return body;
  }
}
