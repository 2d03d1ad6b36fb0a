import './compile.ts';
import { print } from './measure.ts';

/** Run with `npm run bench`. What follows is compiled first. */
const { TABLES } = await import('./tables.ts');

for (const measure of TABLES) print(await measure());
