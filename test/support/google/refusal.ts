/** An error as the vendor answers it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly quota: string | null = null,
  ) {
    super(message);
  }

  get body(): unknown {
    const { status: code, reason, message, quota } = this;
    const domain = /[Ll]imit|quota/.test(reason) ? 'usageLimits' : 'global';
    const details = quota ? { details: [{ metadata: { quota_limit: quota } }] } : {};
    return { error: { code, message, errors: [{ domain, reason, message }], ...details } };
  }
}

export function invalid(message: string): Refusal {
  return new Refusal(400, 'invalid', message);
}

export function notFound(): Refusal {
  return new Refusal(404, 'notFound', 'Not Found');
}

export function deleted(): Refusal {
  return new Refusal(410, 'deleted', 'Resource has been deleted');
}
