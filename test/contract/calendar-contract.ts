import type { Server, World } from './world.ts';
import { busyContract } from './busy-contract.ts';
import { changesContract } from './changes-contract.ts';
import { clockContract } from './clock-contract.ts';
import { occurrenceContract } from './occurrence-contract.ts';
import { ownershipContract } from './ownership-contract.ts';
import { seriesContract } from './series-contract.ts';

/**
 * What every calendar must do, whoever makes it.
 * @param makeWorld an empty calendar, asked for before each test
 */
export function calendarContract(name: string, server: Server, makeWorld: () => Promise<World>): void {
  describe(`the calendar contract: ${name}`, () => {
    seriesContract(makeWorld, server);
    occurrenceContract(makeWorld, server);
    ownershipContract(makeWorld, server);
    busyContract(makeWorld, server);
    changesContract(makeWorld, server);
    clockContract(makeWorld, server);
  });
}
