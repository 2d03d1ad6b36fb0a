import { Button } from '../parts/button.tsx';
import type { PanelProps } from './panel-props.ts';
import { words } from './words.ts';

const { clip: says } = words;

/** F013: no coaching from memory. A recording is cut to its 30 seconds, or the words alone are pasted. */
export function BringClip({ model, send }: PanelProps) {
  const upload = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const file = form.get('file');
    if (file instanceof File && file.size > 0) {
      send({ kind: 'ClipChosen', file, start: Math.round(Number(form.get('start')) * 1000) });
    }
  };
  const write = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = new FormData(event.currentTarget as HTMLFormElement).get('lines');
    if (typeof text === 'string') send({ kind: 'TranscriptWritten', text });
  };
  return (
    <section class="clip" aria-label={says.title}>
      <p>{says.none}</p>
      {model.clipState === 'saving' && <p class="quiet">{says.saving}</p>}
      <details>
        <summary>{says.bring}</summary>
        <form onSubmit={upload}>
          <div class="field">
            <label for="clip-file">{says.file}</label>
            <input id="clip-file" name="file" type="file" accept="audio/*,video/mp4,video/webm" />
          </div>
          <div class="field">
            <label for="clip-start">{says.start}</label>
            <input id="clip-start" name="start" type="number" min="0" step="0.5" value="0" />
          </div>
          <Button>{says.upload}</Button>
        </form>
        <form onSubmit={write}>
          <div class="field">
            <label for="clip-lines">{says.excerpt}</label>
            <textarea id="clip-lines" name="lines" rows={4} />
          </div>
          <Button>{says.keepExcerpt}</Button>
        </form>
      </details>
    </section>
  );
}
