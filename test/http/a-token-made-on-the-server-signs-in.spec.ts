import { PeopleModule } from '../../src/people/people.module.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';

const database = await freshDatabase();
const service = await startService(database, [PeopleModule]);
const organisation = await service.organisation();
const rep = await service.person(organisation, ['rep'], { email: 'bo@example.com' });

test('npm run token prints a token once, with a link; it signs its person in and only its hash is kept', async () => {
  service.clock.at = Math.floor(Temporal.Now.instant().epochMilliseconds / 60_000);
  const printed: string[] = [];
  const { log } = console;
  console.log = (line: string) => void printed.push(line);
  const settings = { DATABASE_URL: database.url, SECRETS_KEY: Buffer.alloc(32).toString('base64') };
  const before = { argv: process.argv, env: process.env, exitCode: process.exitCode };
  process.argv = ['node', 'token', '--person', 'BO@example.com', '--days', '2'];
  process.env = { ...settings, BASE_URL: 'https://perennial.test' };
  await import('../../src/token.command.ts');
  const { exitCode } = process;
  Object.assign(process, before);
  console.log = log;

  expect(exitCode).toBe(0);
  const [, token] = /#token=([\w-]{43})$/.exec(printed.join('\n'))!;
  expect(printed).toContain(`  https://perennial.test/#token=${token}`);
  const { body } = await service.ask('GET', '/api/me', { token: token! });
  expect(body.person.id).toBe(rep.id);
  expect(JSON.stringify(await service.rows('SELECT * FROM access_token'))).not.toContain(token);
  service.clock.at += 2 * 1440;
  expect((await service.ask('GET', '/api/me', { token: token! })).status).toBe(401);
  const made = await service.rows(`SELECT facts FROM ledger WHERE kind = 'issue token'`);
  expect(made).toEqual([{ facts: { person: rep.id, days: 2 } }]);
});
