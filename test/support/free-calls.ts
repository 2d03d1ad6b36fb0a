import { Access } from '../../src/calendars/access.ts';
import { Calls } from '../../src/calendars/calls.ts';

/** Lets every call pass and counts them. */
export class FreeCalls extends Calls {
  made = 0;

  override run<T>(call: () => Promise<T>): Promise<T> {
    this.made++;
    return call();
  }
}

/** One token, until it is refused; then the next one. */
export class FixedAccess extends Access {
  constructor(
    private current: string,
    private readonly renew: () => Promise<string> = () => Promise.resolve(this.current),
  ) {
    super();
  }

  override token(): Promise<string> {
    return Promise.resolve(this.current);
  }

  override async insteadOf(): Promise<string> {
    this.current = await this.renew();
    return this.current;
  }
}
