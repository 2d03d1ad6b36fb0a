import { Button } from '../parts/button.tsx';

interface Props<Value> {
  readonly label: string;
  readonly of: readonly (readonly [value: Value, label: string])[];
  readonly chosen: Value | null;
  readonly choose: (value: Value) => void;
}

/** A few answers side by side, of which one may be chosen. */
export function Choices<Value extends string | boolean>({ label, of, chosen, choose }: Props<Value>) {
  return (
    <div class="choices" role="group" aria-label={label}>
      <span>{label}</span>
      <div class="buttons">
        {of.map(([value, name]) => (
          <Button key={name} pressed={chosen === value} press={() => choose(value)}>
            {name}
          </Button>
        ))}
      </div>
    </div>
  );
}
