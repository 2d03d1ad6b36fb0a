import type { SlotSuggestions } from '../../src/desk/occurrences.api.ts';
import { texts } from '../look/texts.ts';
import { elsewhereText, fromField, toField, whenText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import { readingOf } from '../program/reading.ts';
import type { ActProps } from './series-props.ts';
import { firstName, readerOf } from './people-of.ts';
import { formName, post, touched } from './target.ts';

/** Times when both are free as buttons, or any other time of the week. */
export function MoveForm(props: ActProps) {
  const { model, target } = props;
  const form = formName(target, 'move');
  return (
    <div class="act-form">
      <h3 id={`${form}-title`} tabIndex={-1}>
        {texts.acts.moveTitle}
      </h3>
      <FailureNote failure={formOf(model, form).failure} known={['start']} />
      {target.kind === 'occurrence' && <Suggestions {...props} />}
      <AnotherTime {...props} />
      <p class="hint">{texts.acts.moveNote}</p>
    </div>
  );
}

function Suggestions(props: ActProps) {
  const { model, target } = props;
  const { series, key } = target.occurrence;
  const { value, failure } = readingOf(model.readings, addresses.slots(series, key));
  if (!value) return failure ? <p>{texts.acts.slotsFailed}</p> : <Skeleton lines={2} />;
  if (value.slots.length === 0) return <p>{texts.acts.noneFree}</p>;
  return (
    <>
      <p>{texts.acts.free}</p>
      <ul class="slots">
        {value.slots.map((slot) => (
          <li key={slot.start}>
            <SlotButton {...props} slot={slot} />
          </li>
        ))}
      </ul>
    </>
  );
}

function SlotButton({ slot, ...props }: ActProps & { slot: SlotSuggestions['slots'][number] }) {
  const reader = readerOf(props.model, props.series);
  const there = elsewhereText(slot.start, reader.other.zone, reader.zone);
  return (
    <Button press={() => moveTo(props, slot.start)}>
      <span>{whenText(slot.start, reader.zone)}</span>
      {there && (
        <span class="quiet">
          {there} {firstName(reader.other)}
        </span>
      )}
    </Button>
  );
}

function AnotherTime(props: ActProps) {
  const { model, send, target, series } = props;
  const { week, slot } = target.occurrence;
  const { zone } = readerOf(model, series);
  const form = formName(target, 'move');
  const typed = formOf(model, form).values['start'] ?? toField(slot.start, zone);
  return (
    <form
      class="one-line"
      onSubmit={(event) => {
        event.preventDefault();
        const start = fromField(typed, zone);
        if (start !== null) moveTo(props, start);
      }}
    >
      <Field
        model={model}
        send={send}
        form={form}
        name="start"
        type="datetime-local"
        label={texts.acts.another}
        initial={typed}
        {...(target.kind === 'occurrence' && {
          min: toField(week.start, zone),
          max: toField(week.end, zone),
        })}
        required
      />
      <button class="button" type="submit">
        {texts.acts.moveThere}
      </button>
    </form>
  );
}

function moveTo({ send, target }: ActProps, start: string): void {
  const { series, key } = target.occurrence;
  send({
    kind: 'Submitted',
    form: formName(target, 'move'),
    request: post(target, 'move', { start }),
    held: true,
    rereads: touched(target),
    ...(target.kind === 'occurrence' && { shows: { kind: 'moved', series, key, start } }),
  });
}
