import type { SeriesView } from '../../src/desk/series.api.ts';
import { addresses } from '../program/addresses.ts';
import type { Model } from '../program/model.ts';
import { valueOf } from '../program/reading.ts';

export interface Someone {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
}

/** Who reads, and whom they meet. Somebody outside the pair reads it as the manager would. */
export interface Reader {
  readonly zone: string;
  readonly side: 'manager' | 'rep' | null;
  readonly other: Someone;
  readonly manager: Someone;
  readonly rep: Someone;
}

export function readerOf(model: Model, series: SeriesView): Reader {
  const me = valueOf(model.readings, addresses.me)!.person;
  const people = valueOf(model.readings, addresses.people)?.items ?? [];
  const someone = ({ id, name }: { id: string; name: string }): Someone => ({
    id,
    name,
    zone: people.find((person) => person.id === id)?.zone ?? series.anchor.zone,
  });
  const [manager, rep] = [someone(series.manager), someone(series.rep)];
  const side = me.id === manager.id ? 'manager' : me.id === rep.id ? 'rep' : null;
  return { zone: me.zone, side, other: side === 'rep' ? manager : rep, manager, rep };
}

/** Whether the reader may say when and where a living series stands: its manager or an admin. */
export function mayKeep(model: Model, { manager, endedAt }: SeriesView): boolean {
  const me = valueOf(model.readings, addresses.me)!.person;
  return endedAt === null && (me.id === manager.id || me.roles.includes('admin'));
}

/** `Rui` of `Rui Costa`. */
export function firstName({ name }: Pick<Someone, 'name'>): string {
  return name.split(' ')[0]!;
}
