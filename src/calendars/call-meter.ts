import type { Clock } from '../platform/clock.ts';
import type { CountedCalls } from '../store/calls.ts';
import type { PostgresStore } from '../store/postgres-store.ts';
import { AccountMeter } from './account-meter.ts';
import type { Gate } from './account-meter.ts';
import type { Calls, VendorLimits } from './calls.ts';
import type { CalendarError } from './calendar-error.ts';
import { tooMany } from './too-many.ts';
import type { Vendor } from './vendor-sign-in.ts';

/** A process takes a hundredth of the project's minute at a time: few questions, and little lost where one dies. */
const SHARE = 100;
/** What the vendor asks of everybody without saying how long. */
const PROJECT_SECONDS = 60;

interface Project {
  minute: number;
  left: number;
  closedUntil: number;
  leasing: Promise<number> | null;
}

/**
 * Holds every call against the vendor's limits. The project's budget is shared by all processes through the database;
 * an account's is kept in each process, because an account has one writer and one poll at a time. What the vendor
 * closed is remembered for all of them.
 */
export class CallMeter implements Gate {
  readonly #accounts = new Map<string, { organisation: string; meter: AccountMeter }>();
  readonly #projects = new Map<Vendor, Project>();

  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
  ) {}

  /** The calls of one account; what is closed for it is read anew each time. */
  async of(organisation: string, account: string, vendor: Vendor, limits: VendorLimits): Promise<Calls> {
    const closed = await this.store.transaction(organisation, ({ calls }) => calls.closed(account));
    const known = this.#accounts.get(account);
    const meter = known?.meter ?? new AccountMeter(account, vendor, limits, this);
    if (!known) this.#accounts.set(account, { organisation, meter });
    meter.close(closed);
    return meter;
  }

  now(): number {
    return this.clock.exact();
  }

  /** @throws CalendarError RateLimited where nobody may call, or the minute is spent */
  async admit(vendor: Vendor, limits: VendorLimits): Promise<void> {
    const project = this.#projects.get(vendor) ?? { minute: -1, left: 0, closedUntil: 0, leasing: null };
    this.#projects.set(vendor, project);
    while (project.minute !== this.clock.now() || project.left <= 0) {
      // One question at a time: shares that nobody here uses are lost to other processes.
      project.leasing ??= this.#lease(vendor, project, limits).finally(() => (project.leasing = null));
      if ((await project.leasing) === 0) break;
    }
    const isClosed = project.closedUntil > this.now();
    if (isClosed || project.left <= 0)
      throw tooMany(((isClosed ? project.closedUntil : project.minute + 1) - this.now()) * 60);
    project.left--;
  }

  /** @returns how many calls were granted */
  async #lease(vendor: Vendor, project: Project, { projectPerMinute }: VendorLimits): Promise<number> {
    const minute = this.clock.now();
    const wanted = Math.max(1, Math.floor(projectPerMinute / SHARE));
    const { granted, closedUntil } = await this.store.vendors.lease(vendor, minute, wanted, projectPerMinute);
    Object.assign(project, { minute, left: granted, closedUntil });
    return granted;
  }

  /** The vendor named a cause: whoever it concerns waits as long as it says. */
  async refused(meter: AccountMeter, error: CalendarError): Promise<void> {
    const until = this.now() + (error.retryAfter ?? PROJECT_SECONDS) / 60;
    if (error.limit === 'project') {
      await this.store.vendors.closeProject(meter.vendor, until);
      this.#projects.delete(meter.vendor);
      return;
    }
    const closed = error.limit === 'mails' ? { until: 0, mailsUntil: until } : { until, mailsUntil: 0 };
    meter.close(closed);
    const { organisation } = this.#accounts.get(meter.account)!;
    await this.store.transaction(organisation, ({ calls }) => calls.close(meter.account, closed));
  }

  /** Writes down what was counted since the last time. */
  async flush(): Promise<void> {
    const counted = new Map<string, CountedCalls[]>();
    for (const [account, { organisation, meter }] of this.#accounts) {
      const count = meter.takeCount();
      if (count.calls > 0)
        counted.set(organisation, [...(counted.get(organisation) ?? []), { account, ...count }]);
      else if (meter.isIdle()) this.#accounts.delete(account);
    }
    const now = this.clock.now();
    for (const [organisation, rows] of counted)
      await this.store.transaction(organisation, ({ calls }) => calls.add(now, rows));
  }
}
