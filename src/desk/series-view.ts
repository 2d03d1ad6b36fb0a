import type { Plan } from '../domain/plan.ts';
import type { Seen } from '../domain/observation.ts';
import { dayToIso, minuteToIso } from '../domain/minute.ts';
import type { Step } from '../domain/step.ts';
import { clock } from '../domain/words.ts';
import type { Write } from '../domain/write.ts';
import type { ListedSeries } from '../store/postgres-series.ts';
import type { PlanView, SeriesView } from './series.api.ts';
import { viewSlot } from './setting.ts';

export function viewSeries(listed: ListedSeries, nameOf: (person: string) => string): SeriesView {
  const { series, pair, manager, rep, account, provider, asks, observedAt } = listed;
  const { rule } = series;
  return {
    id: series.id,
    pair,
    manager: { id: manager, name: nameOf(manager) },
    rep: { id: rep, name: nameOf(rep) },
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
  };
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
