import type { Plan } from '../domain/plan.ts';
import type { Seen } from '../domain/observation.ts';
import { dayToIso, minuteToIso } from '../domain/minute.ts';
import type { Step } from '../domain/step.ts';
import { cityOf, clock } from '../domain/words.ts';
import type { Write } from '../domain/write.ts';
import type { RememberedPerson } from '../store/people.ts';
import type { ListedSeries } from '../store/postgres-series.ts';
import type { PlanView, SeriesView } from './series.api.ts';
import { viewSlot } from './setting.ts';

/** What a series' page says of the people in it. */
export type Named = Pick<RememberedPerson, 'name' | 'zone'>;

export function viewSeries(listed: ListedSeries, personOf: (id: string) => Named): SeriesView {
  const { series, pair, manager, rep, account, provider, asks, observedAt } = listed;
  const { rule } = series;
  return {
    id: series.id,
    pair,
    manager: { id: manager, name: personOf(manager).name },
    rep: { id: rep, name: personOf(rep).name },
    account,
    provider,
    title: series.title,
    format: series.format,
    minutes: series.minutes,
    anchor: { weekday: rule.weekday, time: clock(rule.minuteOfDay), zone: rule.zone },
    everyWeeks: rule.everyWeeks,
    firstDay: dayToIso(rule.firstDay),
    endedAt: series.endedAt === null ? null : minuteToIso(series.endedAt),
    asks,
    observedAt: observedAt === null ? null : minuteToIso(observedAt),
    warning: series.endedAt === null ? staysBehind(rule.zone, personOf(manager).zone) : null,
  };
}

/** A series keeps its clock when its manager moves abroad: that is theirs to settle, and said. */
function staysBehind(zone: string, managerZone: string): string | null {
  if (zone === managerZone) return null;
  return `The series stays on ${cityOf(zone)} time; change its anchor to follow.`;
}

export function viewPlan({ steps, writes }: Plan, seen: Seen): PlanView {
  return {
    steps: steps.map((step) => ({
      do: step.do,
      occurrence: about(step),
      to: 'to' in step ? viewSlot(step.to) : null,
      because: step.because,
    })),
    writes: writes.map((write) => ({
      write: write.write,
      occurrence: about(write),
      to: 'slot' in write ? viewSlot(write.slot) : null,
    })),
    seen: seen.kind === 'complete' ? { kind: 'complete' } : { kind: 'unreadable', because: seen.because },
  };
}

function about(of: Step | Write): string | null {
  if ('key' in of) return of.key;
  return 'second' in of ? of.second : null;
}
