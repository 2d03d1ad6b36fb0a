import { startTestServer } from './test-server.ts';

/** Starts the run's PostgreSQL; workers learn its address from the environment that they inherit. */
export default async function globalSetup(): Promise<void> {
  const { server, stop } = await startTestServer();
  process.env['TEST_POSTGRES'] = server.url('postgres');
  Object.assign(globalThis, { stopTestServer: stop });
}
