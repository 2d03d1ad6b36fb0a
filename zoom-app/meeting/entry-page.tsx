import { Button } from '../parts/button.tsx';
import type { Send } from './facts.ts';
import type { Entry, Model } from './model.ts';
import { timeText } from './time-text.ts';
import { unsentWords } from './typing.ts';
import { words } from './words.ts';

interface Props {
  readonly model: Model;
  readonly send: Send;
}

const { entry: says } = words;

/** Before the session: who are you, and which meeting is it? */
export function EntryPage({ model, send }: Props) {
  return (
    <main class="entry">
      <h1>{words.name}</h1>
      <Inside model={model} send={send} />
    </main>
  );
}

function Inside({ model, send }: Props) {
  const { entry, zoom } = model;
  switch (entry.is) {
    // meeting.html says the same before the program is there, so that nothing jumps when it takes over.
    case 'opening':
    case 'in':
      return <p class="quiet">{says.opening}</p>;
    case 'nobody':
      return (
        <>
          <p>{says.nobody}</p>
          <a href="/">{says.desk}</a>
        </>
      );
    case 'choose':
      return <Choice meetings={entry.meetings} send={send} />;
    case 'not linked':
      return (
        <>
          <p>{says.notLinked}</p>
          {!zoom.missing.includes('authorize') && (
            <Button weight="first" press={() => send({ kind: 'LinkingAsked' })}>
              {says.link}
            </Button>
          )}
          <p class="quiet">{says.orLink}</p>
        </>
      );
    case 'linking':
      return <p>{says.linking}</p>;
    case 'no meeting':
      return (
        <>
          <p>{says.noMeeting}</p>
          <Retry send={send} />
        </>
      );
    case 'failed':
      return (
        <>
          <p>{entry.failure === null ? says.unreached : entry.failure.detail}</p>
          <Unsent texts={unsentWords(model)} />
          {entry.failure?.status === 401 ? <a href="/">{says.desk}</a> : <Retry send={send} />}
        </>
      );
  }
}

/** Words that had no way to the service any more are not taken from whoever wrote them. */
function Unsent({ texts }: { readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <section>
      <p class="quiet">{says.unsent}</p>
      {texts.map((text) => (
        <blockquote key={text}>{text}</blockquote>
      ))}
    </section>
  );
}

type Meetings = Extract<Entry, { is: 'choose' }>['meetings'];

function Choice({ meetings, send }: { meetings: Meetings; send: Send }) {
  return (
    <>
      <p id="which">{says.choose}</p>
      <ul class="choices" aria-labelledby="which">
        {meetings.map(({ series, key, with: other, slot }) => (
          <li key={series + key}>
            <Button press={() => send({ kind: 'MeetingChosen', series, key })}>
              {says.with(other)}
              <time dateTime={slot.start}>{timeText(slot.start)}</time>
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Retry({ send }: { send: Send }) {
  return <Button press={() => send({ kind: 'RetryAsked' })}>{says.retry}</Button>;
}
