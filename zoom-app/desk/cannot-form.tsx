import { texts } from '../look/texts.ts';
import { Choice, TextArea } from '../parts/field.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { formOf } from '../program/model.ts';
import type { ActProps } from './series-props.ts';
import { readerOf } from './people-of.ts';
import { formName, post, touched } from './target.ts';

const CATEGORIES = Object.entries(texts.categories);

/** Says what will happen before it happens; the words stay between the two. */
export function CannotForm({ model, send, target, series }: ActProps) {
  const form = formName(target, 'cannot');
  const { values, failure } = formOf(model, form);
  const { side } = readerOf(model, series);
  const words = values['words']?.trim();
  const submit = (event: Event) => {
    event.preventDefault();
    send({
      kind: 'Submitted',
      form,
      request: post(target, 'cannot-make-it', {
        category: values['category'] ?? CATEGORIES[0]![0],
        ...(words && { words }),
      }),
      held: true,
      rereads: touched(target),
    });
  };
  return (
    <form class="act-form" onSubmit={submit}>
      <h3 id={`${form}-title`} tabIndex={-1}>
        {texts.acts.cannotTitle}
      </h3>
      <p>{target.kind === 'recovery' ? texts.acts.cannotRecovery : texts.acts.cannotWill}</p>
      <FailureNote failure={failure} known={['category', 'words']} />
      <Choice
        model={model}
        send={send}
        form={form}
        name="category"
        label={texts.acts.why}
        options={CATEGORIES}
        initial={CATEGORIES[0]![0]}
      />
      {side && <TextArea model={model} send={send} form={form} name="words" label={texts.acts.words} />}
      <button class="button button-first" type="submit">
        {texts.acts.cannotDo}
      </button>
    </form>
  );
}
