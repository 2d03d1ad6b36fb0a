import { Injectable } from '@nestjs/common';
import { dayFromIso, dayToIso } from '../domain/minute.ts';
import type { Weekday } from '../domain/minute.ts';
import type { Caller } from '../platform/access/caller.ts';
import { adminAct } from '../platform/admin-act.ts';
import { Clock } from '../platform/clock.ts';
import type { Organisation, OrganisationSettings } from '../store/organisations.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { OrganisationPatch, OrganisationView } from './organisation.api.ts';

/** The settings that hold for everybody in an organisation. */
@Injectable()
export class OrganisationDesk {
  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
  ) {}

  read({ organisation }: Caller): Promise<OrganisationView> {
    return this.store.transaction(organisation, async (stores) => show(await stores.organisation.read()));
  }

  /** Every series is looked at again: what it owes may have changed with the week or its holidays. */
  change(caller: Caller, patch: OrganisationPatch): Promise<OrganisationView> {
    const now = this.clock.now();
    const fields = Object.keys(patch);
    return this.store.transaction(caller.organisation, async ({ organisation, ledger }) => {
      if (fields.length > 0) {
        await organisation.change(readPatch(patch));
        await organisation.lookAgain(now);
        const because = 'An admin changed the settings of the organisation.';
        await ledger.append([
          adminAct(caller, now, 'change settings', because, { fields: fields.join(',') }),
        ]);
      }
      return show(await organisation.read());
    });
  }
}

function readPatch({ workingDays, holidays, ...patch }: OrganisationPatch): Partial<OrganisationSettings> {
  const days = holidays && [...new Set(holidays)].sort().map(dayFromIso);
  return {
    ...(patch as Partial<OrganisationSettings>),
    ...(workingDays && { workingDays: workingDays as Weekday[] }),
    ...(days && { holidays: days }),
  };
}

function show(organisation: Organisation): OrganisationView {
  const { id, name, zone, workingDays, holidays, twoOfFour } = organisation;
  return { id, name, zone, workingDays: [...workingDays], holidays: holidays.map(dayToIso), twoOfFour };
}
