import type { Effect, Source } from './effects.ts';
import type { Fact } from './facts.ts';
import { offset } from './model.ts';
import type { Change, Model } from './model.ts';

/** The clip's sound: joined by a tap of each person's own, and then wherever the other side is. */
export function playing(model: Model, fact: Fact): Change {
  switch (fact.kind) {
    case 'SoundJoined': {
      const source = sourceOf(model);
      return [{ ...model, sound: 'joined' }, source ? [{ do: 'join sound', source }, ...follow(model)] : []];
    }
    case 'SoundStarted':
      return [{ ...model, sound: 'joined' }, []];
    case 'SoundBlocked':
      return [{ ...model, sound: 'blocked' }, [{ do: 'follow', follow: null }]];
    case 'SoundLost':
      return [{ ...model, sound: 'failed' }, [{ do: 'follow', follow: null }]];
    case 'ClipChosen':
      return upload(model, fact.file, fact.start);
    case 'TranscriptWritten':
      return writeTranscript(model, fact.text);
    case 'ClipSaved':
      return [{ ...model, clipState: 'none' }, []];
    case 'ClipFailed':
      return [
        { ...model, clipState: 'failed', failure: fact.failure?.detail ?? null, unreached: !fact.failure },
        [],
      ];
    case 'SessionCame':
    case 'Answered':
    case 'Refused':
    case 'ClockAnswered':
      return [model, model.sound === 'joined' ? follow(model) : []];
    default:
      return [model, []];
  }
}

function follow(model: Model): readonly Effect[] {
  const { view } = model;
  const source = sourceOf(model);
  if (!view?.clip || !view.playback || !source) return [{ do: 'follow', follow: null }];
  const { playback, clip } = view;
  return [{ do: 'follow', follow: { playback, duration: clip.duration, source, offset: offset(model) } }];
}

function sourceOf({ view }: Model): Source | null {
  const media = view?.clip?.media;
  return media ? { url: media.url, until: media.urlUntil } : null;
}

function upload(model: Model, file: File, start: number): Change {
  if (model.entry.is !== 'in') return [model, []];
  const effect: Effect = { do: 'upload', key: model.entry.key, file, start };
  return [{ ...model, clipState: 'saving', failure: null }, [effect]];
}

/** Each line may begin with who said it: `Dana: …`. Lines without sound are spread evenly, to have an order. */
function writeTranscript(model: Model, text: string): Change {
  if (model.entry.is !== 'in') return [model, []];
  const spoken = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (spoken.length === 0) return [model, []];
  const step = Math.floor((model.view?.clip?.duration || 30_000) / spoken.length);
  const lines = spoken.map((line, nth) => {
    const [, speaker, said] = line.match(/^([^:]{1,100}):\s+(.+)$/) ?? [null, '', line];
    return { at: nth * step, speaker, text: said };
  });
  const effect: Effect = { do: 'write transcript', key: model.entry.key, body: { lines } };
  return [{ ...model, clipState: 'saving', failure: null }, [effect]];
}
