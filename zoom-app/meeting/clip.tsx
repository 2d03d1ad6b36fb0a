import type { Command, SessionView } from '../../src/live/live.api.ts';
import { positionAt } from '../../src/domain/session/playback.ts';
import { Button } from '../parts/button.tsx';
import { BringClip } from './bring-clip.tsx';
import { clockText } from './countdown.ts';
import { standsStill } from './following.ts';
import { serverNow } from './model.ts';
import type { PanelProps } from './panel-props.ts';
import { words } from './words.ts';

const { clip: says } = words;

const SPEEDS = [0.75, 1, 1.25];

interface Props extends PanelProps {
  readonly element: HTMLVideoElement;
}

/** F041: the clip, heard together; its words are always there, with or without sound. */
export function Clip(props: Props) {
  const { clip } = props.view;
  if (!clip) return <BringClip {...props} />;
  return (
    <section class="clip" aria-label={says.title}>
      {clip.media && <Sound {...props} />}
      {clip.gone ? <ClipWords clip={clip} /> : <Handles {...props} />}
      {!clip.gone && <Transcript {...props} clip={clip} />}
    </section>
  );
}

/** What was said in it, to be read: after the meeting, and when the recording is gone. */
export function ClipWords({ clip: { gone, transcript } }: { readonly clip: ShownClip }) {
  return (
    <>
      {gone && <p class="quiet">{says.gone}</p>}
      <ol class="transcript" aria-label={says.transcript}>
        {transcript.map(({ at, speaker, text }) => (
          <li key={at} class="line">
            {speaker !== '' && <b>{speaker}</b>} {text}
          </li>
        ))}
      </ol>
    </>
  );
}

/** A person's own tap, once: without it no browser lets anything sound. */
function Sound({ model, view, send, element }: Props) {
  const isVideo = view.clip!.media!.type.startsWith('video/');
  return (
    <>
      <div class={isVideo ? 'picture' : 'unseen'} ref={(place) => place?.append(element)} />
      {model.sound !== 'joined' && (
        <>
          <Button weight="first" press={() => send({ kind: 'SoundJoined' })}>
            {model.sound === 'blocked' ? says.blocked : says.join}
          </Button>
          <p class="quiet">{model.sound === 'failed' ? says.failedSound : says.joinHint}</p>
        </>
      )}
      {model.sound === 'joined' && <p class="quiet">{says.mute}</p>}
    </>
  );
}

function Handles({ model, view, send }: Props) {
  const playback = view.playback!;
  const ask = (command: Command) => (): void => send({ kind: 'Asked', command });
  const plays = !standsStill(playback, view.clip!.duration, serverNow(model));
  const next = SPEEDS[(SPEEDS.indexOf(playback.speed) + 1) % SPEEDS.length]!;
  return (
    <div class="buttons" role="group" aria-label={says.title}>
      <Button press={ask(plays ? { do: 'hold' } : { do: 'play' })}>{plays ? says.hold : says.play}</Button>
      <Button press={ask({ do: 'back up', milliseconds: 5000 })}>{says.backUp}</Button>
      <Button press={ask({ do: 'set speed', speed: next })}>
        {says.speed} {playback.speed}×
      </Button>
      <Button pressed={playback.loop} press={ask({ do: 'set loop', loop: !playback.loop })}>
        {says.loop}
      </Button>
      <span class="quiet clip-time">
        {clockText(Math.floor(positionAt(playback, view.clip!.duration, serverNow(model)) / 1000))} /{' '}
        {clockText(Math.round(view.clip!.duration / 1000))}
      </span>
    </div>
  );
}

type ShownClip = NonNullable<SessionView['clip']>;

/** Each line is a place to play from; the one that is heard is marked. */
function Transcript({ model, view, send, clip }: Props & { readonly clip: ShownClip }) {
  if (clip.transcript.length === 0) return null;
  const position = positionAt(view.playback!, clip.duration, serverNow(model));
  const moving = position > 0 || view.playback!.is === 'playing';
  const heard = moving ? clip.transcript.findLastIndex(({ at }) => at <= position) : -1;
  return (
    <ol class="transcript" aria-label={says.transcript}>
      {clip.transcript.map(({ at, speaker, text }, nth) => (
        <li key={at}>
          <button
            type="button"
            class="line"
            aria-current={nth === heard || undefined}
            onClick={() => send({ kind: 'Asked', command: { do: 'play', position: at } })}
          >
            {speaker !== '' && <b>{speaker}</b>} {text}
          </button>
        </li>
      ))}
    </ol>
  );
}
