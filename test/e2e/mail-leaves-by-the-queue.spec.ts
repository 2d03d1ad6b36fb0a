import { MailWorker } from '../../src/calendars/mail/mail-worker.ts';
import { completeConfig, readSettings } from '../../src/config.ts';
import { Queue } from '../../src/jobs/queue.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { freshDatabase } from '../support/database.ts';
import { MailServer } from '../support/mail-server.ts';
import { QuietLog, SetClock } from '../support/world.ts';

const NOW = 29_700_000;
const database = await freshDatabase();
const server = new MailServer();
const smtp = await server.listen();
const queue = new Queue({ url: database.url, poolSize: 3 }, new QuietLog());
const dataSource = await createDataSource({ url: database.url, poolSize: 4 }).initialize();
const store = new PostgresStore(dataSource, queue.enqueue);

afterAll(async () => {
  await queue.stop();
  await dataSource.destroy();
  await server.close();
});

test('a mail that was queued with its cause leaves as soon as that is committed, and never without it', async () => {
  const settings = readSettings({ SMTP_URL: smtp, MAIL_FROM: 'perennial@acme.test' });
  const config = completeConfig(settings, { databaseUrl: database.url, secretsKey: Buffer.alloc(32) });
  await queue.start();
  await new MailWorker(config, queue, store, new SetClock(NOW), new QuietLog()).onApplicationBootstrap();
  const week = { workingDays: [1, 2, 3, 4, 5] as const, holidays: [] };
  const organisation = await store.found({ name: 'Acme', zone: 'UTC', ...week, twoOfFour: true });
  const write = (subject: string, after?: Error) =>
    store.transaction(organisation, async ({ mail, jobs }) => {
      const mailId = await mail.add({ to: 'bo@acme.test', subject, text: 'Words.', invitation: null }, NOW);
      await jobs.enqueue({ name: 'send-mail', mailId });
      if (after) throw after;
    });
  const taken = server.next();
  await expect(write('rolled back', new Error('no'))).rejects.toThrow('no');
  await write('committed');
  await taken;
  expect(server.caught).toMatchObject([
    { from: 'perennial@acme.test', to: ['bo@acme.test'], headers: { subject: 'committed' } },
  ]);
});
