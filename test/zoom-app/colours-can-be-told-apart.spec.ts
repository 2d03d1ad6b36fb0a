import { readFileSync } from 'node:fs';

const css = readFileSync('zoom-app/look/palette.css', 'utf8');
const [light, dark] = css.split('@media') as [string, string];

const TEXT = ['ink', 'quiet', 'accent', 'warn', 'alarm', 'good'];
const SHAPES = ['edge', 'held', 'open', 'moved', 'owed', 'unsure-edge', 'lost', 'excused', 'unmeasured'];

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s palette', (_, part) => {
  const colours = new Map(
    [...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name!, hex!]),
  );
  const contrast = (one: string, other: string): number => ratio(colours.get(one)!, colours.get(other)!);

  describe.each(['paper', 'sheet'])('on %s', (ground) => {
    test.each(TEXT)('holds 4.5:1 for text in %s', (name) => {
      expect(contrast(name, ground)).toBeGreaterThanOrEqual(4.5);
    });

    test.each(SHAPES)('holds 3:1 for shapes in %s', (name) => {
      expect(contrast(name, ground)).toBeGreaterThanOrEqual(3);
    });
  });

  test('holds 4.5:1 for the text of the first button', () => {
    expect(contrast('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5);
  });

  test('holds 3:1 for the outline on its yellow, and for the arrow in its disc', () => {
    const outlined = Math.max(contrast('unsure-edge', 'unsure'), contrast('unsure', 'paper'));
    expect(outlined).toBeGreaterThanOrEqual(3);
    expect(contrast('moved', 'paper')).toBeGreaterThanOrEqual(3);
  });
});

/** WCAG 2.2, contrast ratio. */
function ratio(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
