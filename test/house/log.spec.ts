import { createLog, NestLog } from '../../src/platform/log.ts';
import type { Facts, Log } from '../../src/platform/log.ts';

function logInto(lines: Facts[]): Log {
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Facts) };
  return createLog({ logLevel: 'debug', logFormat: 'json' }, destination);
}

test('a line is a constant sentence with its facts beside it', () => {
  const lines: Facts[] = [];
  logInto(lines).info({ seriesId: 's1', step: 'move' }, 'occurrence moved');

  expect(lines).toEqual([expect.objectContaining({ seriesId: 's1', step: 'move', msg: 'occurrence moved' })]);
});

test('every line of one reconcile carries its id', () => {
  const lines: Facts[] = [];
  const log = logInto(lines).child({ reconcileId: 'r1' });
  log.info({}, 'facts read');
  log.warn({}, 'brake pulled');

  expect(lines.map((line) => line['reconcileId'])).toEqual(['r1', 'r1']);
});

test('no token, password or key reaches the log, however deep it sits', () => {
  const lines: Facts[] = [];
  logInto(lines).info(
    {
      token: 'hidden-1',
      headers: { authorization: 'Bearer hidden-2', cookie: 'hidden-3', 'set-cookie': 'hidden-4' },
      account: { settings: { password: 'hidden-5', url: 'https://calendar.example.com' } },
      config: { secretsKey: 'hidden-6', databaseUrl: 'postgres://name:hidden-7@db/perennial' },
    },
    'request refused',
  );

  expect(JSON.stringify(lines)).not.toContain('hidden');
  expect(JSON.stringify(lines)).toContain('https://calendar.example.com');
});

test('the framework speaks through the same log, its chatter only when debugging', () => {
  const lines: Facts[] = [];
  const nest = new NestLog(logInto(lines));
  nest.log('Mapped {/health, GET} route', 'RouterExplorer');
  nest.error('it broke', 'Error: it broke\n    at somewhere', 'ExceptionsHandler');

  expect(lines).toEqual([
    expect.objectContaining({ level: 20, context: 'RouterExplorer' }),
    expect.objectContaining({
      level: 50,
      context: 'ExceptionsHandler',
      stack: expect.stringContaining('at'),
    }),
  ]);
});
