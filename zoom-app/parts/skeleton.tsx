import { texts } from '../look/texts.ts';

/** Where something will stand. Shows itself after 300 ms only, so that a quick answer does not flicker. */
export function Skeleton({ lines }: { lines: number }) {
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{texts.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span class="skeleton-line" key={line} />
      ))}
    </div>
  );
}
