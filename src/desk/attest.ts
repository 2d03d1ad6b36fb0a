import { keyOf } from '../domain/occurrence.ts';
import type { Attestation } from '../domain/occurrence.ts';
import { closesAt } from '../domain/working-week.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { AtOccurrence, Said } from './desk.ts';
import type { AttestationBody } from './attestations.api.ts';
import { mustBeOpen, who } from './refusals.ts';

/** Either side says whether the meeting was held, from its start until it closes. */
export async function attest(at: AtOccurrence, body: AttestationBody): Promise<Said> {
  const { whole, listed, week, now, stores } = at;
  const o = whole.occurrence;
  mustBeOpen(o);
  if (o.slot.start > now) throw new Problem('conflict', 'It has not begun yet; say it once it has.');
  if (now >= closesAt(week, listed.series.rule.zone, o.week)) {
    throw new Problem('conflict', 'Two working days after its week it closed; that stays.');
  }
  const attestation = attestationOf(at, body);
  await stores.peopleSay.attest(listed.series.id, keyOf(o), attestation);
  return attested(at, attestation);
}

/** @throws Problem for an admin: only the two people know */
export function attestationOf({ as }: Pick<AtOccurrence, 'as'>, body: AttestationBody): Attestation {
  if (as === 'admin') throw new Problem('not-allowed', 'Only the two people of the pair can say this.');
  return { by: as, says: body.says, absent: body.absent ?? null };
}

export function attested({ as }: Pick<AtOccurrence, 'as'>, { says, absent }: Attestation): Said {
  const held = says === 'held' ? 'was held' : 'was not held';
  return {
    act: null,
    entry: {
      kind: 'attest',
      facts: { by: as, says, absent },
      because: `${who(as)} says that it ${held}.`,
    },
    sentence: `Saved: you say that it ${held}.`,
  };
}
