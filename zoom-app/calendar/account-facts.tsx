import type { AccountView } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';
import { whenText } from '../look/times.ts';

/** When a calendar was last read, written and heard, and what that cost. */
export function AccountFacts({ account, zone }: { account: AccountView; zone: string }) {
  const when = (instant: string | null): string =>
    instant === null ? texts.facts.never : whenText(instant, zone);
  const { push, calls } = account;
  return (
    <dl class="account-facts">
      <Fact name={texts.facts.read} value={when(account.verifiedAt)} />
      <Fact name={texts.facts.written} value={when(account.writtenAt)} />
      {push && <Fact name={texts.facts.heard} value={when(push.heardAt)} />}
      {push && (
        <Fact
          name={texts.facts.watched}
          value={push.until === null ? (push.because ?? texts.facts.notYet) : whenText(push.until, zone)}
        />
      )}
      {calls && <Fact name={texts.facts.calls} value={texts.facts.called(calls.made, calls.throttled)} />}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
