import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** What a vendor gave us for our application. */
export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
}

export interface GoogleServiceAccount {
  readonly clientEmail: string;
  /** PEM. */
  readonly privateKey: string;
}

/** The key file that Google gave for a service account, as it is or by its path. */
export const googleServiceAccount = z
  .string()
  .transform((text) => (text.trimStart().startsWith('{') ? text : contentOf(text)))
  .transform((text) => keyFile.safeParse(parsed(text)).data)
  .refine((key) => key !== undefined, {
    error: 'must be the JSON key file of a Google service account, or the path of one',
  });

const keyFile = z
  .object({ type: z.literal('service_account'), client_email: z.email(), private_key: z.string().min(1) })
  .transform((key): GoogleServiceAccount => ({ clientEmail: key.client_email, privateKey: key.private_key }));

/** Null while neither is set. */
export function client(id: string | undefined, secret: string | undefined): OAuthClient | null {
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** An id without its secret, or the other way round, is a mistake and not a wish to stay off. */
export function halfSet(given: Readonly<Record<string, unknown>>): string[] {
  return ['GOOGLE', 'MICROSOFT'].flatMap((vendor) => {
    const [id, secret] = [`${vendor}_CLIENT_ID`, `${vendor}_CLIENT_SECRET`] as const;
    if ((given[id] === undefined) === (given[secret] === undefined)) return [];
    return given[id] === undefined
      ? [`${id} is needed when ${secret} is set`]
      : [`${secret} is needed when ${id} is set`];
  });
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
