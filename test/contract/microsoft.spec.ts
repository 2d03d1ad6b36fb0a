import { LoopbackVendor } from '../support/loopback-vendor.ts';
import type { GraphFake } from '../support/microsoft/graph-fake.ts';
import { MicrosoftWorld } from '../support/microsoft/microsoft-world.ts';
import { responseOf } from '../support/microsoft/over-the-wire.ts';
import { calendarContract } from './calendar-contract.ts';

const HOSTS = ['graph.microsoft.com', 'login.microsoftonline.com'];
const server = { keepsFiles: false, storesAnything: false };
let microsoft: LoopbackVendor;
let standing: GraphFake;

beforeAll(async () => {
  microsoft = await LoopbackVendor.start(HOSTS, (request) => responseOf(standing, request));
});
afterAll(() => microsoft.stop());

// The unchanged adapter, at Microsoft's own addresses, over TLS.
calendarContract('Microsoft Graph', server, async () => {
  const overTls = (fake: GraphFake): typeof fetch => {
    standing = fake;
    return fetch;
  };
  return new MicrosoftWorld('ana@example.com', undefined, overTls).contract();
});
