import type { FormatName } from '../series.ts';
import { DEEP_60 } from './deep-60.ts';
import type { Format } from './format.ts';
import { WEEKLY_30 } from './weekly-30.ts';

/** Every format that a series can have. */
export const FORMATS: Readonly<Record<FormatName, Format>> = { weekly_30: WEEKLY_30, deep_60: DEEP_60 };

/** What a pair meets in unless an admin chooses another (F082). */
export const DEFAULT_FORMAT: FormatName = 'weekly_30';
