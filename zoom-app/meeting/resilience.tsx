import type { PanelProps } from './panel-props.ts';
import { words } from './words.ts';
import { Said, Writing } from './writing.tsx';

const { resilience: says } = words;

/** F119: one calm question, and the rep's own words. Nobody marks or measures the answer. */
export function Resilience({ model, view, send }: PanelProps) {
  return (
    <section>
      <p class="large">{view.resilience?.question}</p>
      {view.you === 'rep' ? (
        <Writing
          {...{ model, send }}
          field="resilience"
          label={says.answer}
          hint={says.hint(view.people.manager.name)}
          lines={4}
          most={2000}
        />
      ) : (
        <>
          <p class="quiet">{says.managerHint}</p>
          <Said label={says.repAnswer(view.people.rep.name)} text={view.resilience?.answer ?? ''} />
        </>
      )}
    </section>
  );
}
