import type { Weekday } from '../domain/minute.ts';
import { officeHours } from '../domain/person.ts';
import type { WeekHours } from '../domain/person.ts';
import type { Role } from '../store/people.ts';

/** How a demo pair's past week went. */
export type Story =
  | 'held'
  | 'deleted, moved, held'
  | 'deleted, moved, nobody said'
  | 'dragged, held'
  | 'one side said'
  | 'disputed'
  | 'rep absent'
  | 'deleted too late';

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly zone: string;
}

export interface DemoPair {
  readonly manager: string;
  readonly rep: string;
  readonly anchor: { readonly weekday: Weekday; readonly minuteOfDay: number };
  /** Oldest week first; the last one is last week. */
  readonly weeks: readonly Story[];
  /** The manager deletes the next two meetings as well, so that a recovery stands ahead. */
  readonly deletesAhead?: boolean;
}

export const DEMO_NAME = 'Northwind Sales (demo)';
export const DEMO_ZONE = 'Europe/Berlin';

export const OFFICE_HOURS: WeekHours = officeHours([1, 2, 3, 4, 5]);

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { name: 'Helen Brandt', email: 'helen@demo.example', roles: ['admin', 'auditor'], zone: DEMO_ZONE },
  { name: 'Maya Lindqvist', email: 'maya@demo.example', roles: ['manager'], zone: DEMO_ZONE },
  { name: 'Tom Harper', email: 'tom@demo.example', roles: ['manager'], zone: 'Europe/London' },
  { name: 'Rui Costa', email: 'rui@demo.example', roles: ['rep'], zone: 'Europe/Lisbon' },
  { name: 'Ada Okafor', email: 'ada@demo.example', roles: ['rep'], zone: 'Europe/London' },
  { name: 'Jonas Weber', email: 'jonas@demo.example', roles: ['rep'], zone: DEMO_ZONE },
  { name: 'Priya Nair', email: 'priya@demo.example', roles: ['rep'], zone: 'Asia/Kolkata' },
  { name: 'Lena Fuchs', email: 'lena@demo.example', roles: ['rep'], zone: DEMO_ZONE },
];

/** The three whose pages the start prints: one of each role. */
export const DEMO_SIGN_INS = ['maya@demo.example', 'rui@demo.example', 'helen@demo.example'] as const;

const at = (weekday: Weekday, hour: number, minute = 0) => ({ weekday, minuteOfDay: hour * 60 + minute });

export const DEMO_PAIRS: readonly DemoPair[] = [
  {
    manager: 'maya@demo.example',
    rep: 'rui@demo.example',
    anchor: at(2, 11),
    weeks: ['held', 'held', 'deleted, moved, held', 'held', 'held', 'held'],
  },
  {
    manager: 'maya@demo.example',
    rep: 'ada@demo.example',
    anchor: at(3, 11),
    weeks: ['held', 'deleted, moved, nobody said', 'deleted, moved, held', 'held', 'one side said', 'held'],
  },
  {
    manager: 'maya@demo.example',
    rep: 'jonas@demo.example',
    anchor: at(4, 14),
    weeks: ['held', 'held', 'rep absent', 'held', 'dragged, held', 'held'],
  },
  {
    manager: 'maya@demo.example',
    rep: 'priya@demo.example',
    anchor: at(3, 9, 30),
    weeks: ['held', 'disputed', 'held', 'held', 'held', 'held'],
  },
  {
    manager: 'tom@demo.example',
    rep: 'lena@demo.example',
    anchor: at(2, 15),
    weeks: ['held', 'deleted too late', 'held', 'held', 'deleted, moved, nobody said', 'held'],
    deletesAhead: true,
  },
];
