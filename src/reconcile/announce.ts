import { textOf, subjectOf } from '../calendars/mail/words.ts';
import { noticesFor, standingOf } from '../domain/notices.ts';
import type { Notice, Told } from '../domain/notices.ts';
import type { Facts } from '../domain/facts.ts';
import type { Side } from '../domain/person.ts';
import type { Plan } from '../domain/plan.ts';
import type { Clock } from '../platform/clock.ts';
import type { NewMail } from '../store/mail.ts';
import type { CalendarAccount, LoopStores, RememberedSeries } from '../store/store.ts';
import { composeInvitation, reasonOf } from './compose-invitation.ts';
import type { Source } from './compose-invitation.ts';

/**
 * Invitations by mail, where the calendar sends none. What was told is remembered beside what is queued and compared
 * with what stands, so that every change is told once, whatever crashed and whoever made it.
 */
export class Announce {
  /** @param sender the bare address our mail comes from */
  constructor(
    private readonly sender: string,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Queues what the two people have not been told yet, in the caller's transaction. */
  async run(
    stores: LoopStores,
    { after: facts, link }: Pick<Plan, 'after' | 'link'>,
    { account }: Pick<RememberedSeries, 'account'>,
  ): Promise<void> {
    const { mail, jobs } = stores;
    const now = this.clock.now();
    const standing = standingOf(facts, now);
    if (!standing) return;
    const told = await mail.told(facts.series.id);
    const recipients = recipientsOn(account);
    const toldBefore = told?.copy === standing.copy ? recipients : await toldOf(told, stores, facts, account);
    if (toldBefore.length === 0) return;
    const notices = noticesFor(told, standing, now);
    if (notices.length === 0) return;
    const sequence = told ? told.sequence + 1 : 0;
    for (const notice of notices) {
      for (const to of notice.about === 'withdrawn series' ? toldBefore : recipients) {
        const message = this.message(notice, { facts, standing, link }, { to, sequence, now });
        const mailId = await mail.add(message, now);
        await jobs.enqueue({ name: 'send-mail', mailId });
      }
    }
    await mail.saveTold(facts.series.id, { ...standing, sequence });
  }

  private message(
    notice: Notice,
    source: Source,
    stamp: { readonly to: Side; readonly sequence: number; readonly now: number },
  ): NewMail {
    const { facts, standing } = source;
    const { to } = stamp;
    const because = reasonOf(notice, source);
    return {
      to: facts.people[to].email,
      replyTo: facts.people[to === 'rep' ? 'manager' : 'rep'].email,
      subject: subjectOf(notice, facts.series.title, standing),
      text: textOf(notice, { ...source, to, because }),
      invitation: composeInvitation(notice, source, { ...stamp, sender: this.sender }),
    };
  }
}

/** Who may know of the copy told last: it was told from this calendar, or from one that the series has left. */
async function toldOf(
  told: Told | null,
  { formerHomes }: LoopStores,
  { series }: Facts,
  account: CalendarAccount,
): Promise<readonly Side[]> {
  const homes = told ? await formerHomes.of(series.id) : [];
  const sides = [account, ...homes.map((home) => home.account)].flatMap(recipientsOn);
  return [...new Set(sides)];
}

/** Whom the calendar leaves to us. A connected one shows the manager everything, and most servers invite the rep. */
function recipientsOn({ provider, settings }: CalendarAccount): readonly Side[] {
  if (provider === 'builtin') return ['rep', 'manager'];
  return settings['invites'] === 'no' ? ['rep'] : [];
}
