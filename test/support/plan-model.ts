import { recoveryTag } from '../../src/domain/compare.ts';
import { confirmWrites } from '../../src/domain/confirm.ts';
import type { Facts } from '../../src/domain/facts.ts';
import { packBusy } from '../../src/domain/find-slots.ts';
import type { Minute } from '../../src/domain/minute.ts';
import type { Seen } from '../../src/domain/observation.ts';
import { isOpen } from '../../src/domain/occurrence.ts';
import { plan } from '../../src/domain/plan.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Situation } from '../../src/domain/situation.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { startInWeek } from '../../src/domain/weekly.ts';
import { applyWrites } from '../../src/reconcile/apply-writes.ts';
import { FakeCalendar } from './fake-calendar.ts';
import { Organiser } from './organiser.ts';
import { LINK, SERIES, newFacts } from './world.ts';
import type { Setting } from './world.ts';

/** The plan by itself, made true in a calendar until nothing is left: no store, no errors, no other worker. */
export class PlanModel {
  facts: Facts;
  busy: Slot[] = [];
  readonly calendar = new FakeCalendar();
  readonly organiser = new Organiser(this.calendar.book, SERIES);

  constructor(
    public now: Minute,
    setting: Setting = {},
  ) {
    this.facts = newFacts(setting);
  }

  get situation(): Situation {
    const busy = packBusy(this.busy);
    const account = { ...this.facts.account, owed: this.facts.occurrences.filter(isOpen).length };
    return { facts: { ...this.facts, account }, busy: { manager: busy, rep: busy }, now: this.now };
  }

  async seen(): Promise<Seen> {
    const { series, placed, occurrences, recoveries } = this.facts;
    const rule = placed?.rule ?? series.rule;
    return this.calendar.read({
      series: { series: series.id, copy: series.copy, rule },
      starts: occurrences.flatMap((o) => startInWeek(rule, o.week) ?? []),
      separate: recoveries.map((recovery) => recoveryTag(series.id, recovery)),
    });
  }

  async round(): Promise<Plan> {
    const made = plan(this.situation, await this.seen(), LINK);
    const { confirmed } = await applyWrites(this.calendar, made);
    this.facts = confirmWrites(made.after, confirmed);
    return made;
  }

  /** @returns how many rounds it took until a plan was empty; `limit` where none was */
  async settle(limit = 8): Promise<number> {
    for (let rounds = 0; rounds < limit; rounds++) {
      const { steps, writes } = await this.round();
      if (steps.length === 0 && writes.length === 0) return rounds;
    }
    return limit;
  }
}
