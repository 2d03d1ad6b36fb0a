import './compile.ts';
import { print } from './measure.ts';

/** Run with `npm run bench`, or `npm run bench -- livePush panelGap` for some tables. What follows is compiled first. */
const { TABLES } = await import('./tables.ts');

const named = process.argv.slice(2);
const unknown = named.filter((name) => TABLES.every((measure) => measure.name !== name));
if (unknown.length > 0)
  throw new Error(`No table is named ${unknown.join(', ')}: ${TABLES.map(({ name }) => name).join(' ')}`);

for (const measure of TABLES) if (named.length === 0 || named.includes(measure.name)) print(await measure());
