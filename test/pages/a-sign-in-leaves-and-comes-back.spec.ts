import { texts } from '../../zoom-app/look/texts.ts';
import { formOf, FIRST } from '../../zoom-app/program/model.ts';
import { routeOf } from '../../zoom-app/program/routes.ts';
import { update } from '../../zoom-app/program/update.ts';

const START = { method: 'GET', path: '/api/calendar-accounts/google/start' } as const;
const FORM = 'sign-in-google';
const signedIn = { ...FIRST, token: 'a-token', route: routeOf('/calendar') };

test('one press asks for the provider’s page and goes there in the same window', () => {
  const [asked, sent] = update(signedIn, { kind: 'Submitted', form: FORM, request: START, leaves: true });
  expect(sent).toContainEqual({ do: 'send', form: FORM, request: START });
  const answer = { url: 'https://accounts.google.com/o/oauth2/v2/auth?state=s' };
  const [left, effects] = update(asked, { kind: 'Saved', form: FORM, answer });
  expect(effects).toContainEqual({ do: 'leave', url: answer.url });
  expect(JSON.stringify(left)).not.toContain('state=s');
});

test('whoever comes back with the browser’s own button can press it again', () => {
  const [asked] = update(signedIn, { kind: 'Submitted', form: FORM, request: START, leaves: true });
  const [left] = update(asked, { kind: 'Saved', form: FORM, answer: { url: 'https://google.test/' } });
  expect(formOf(left, FORM).phase).toBe('saved');
  const [, effects] = update(left, { kind: 'Submitted', form: FORM, request: START, leaves: true });
  expect(effects).toContainEqual({ do: 'send', form: FORM, request: START });
});

test.each(Object.keys(texts.vendor.refused) as (keyof typeof texts.vendor.refused)[])(
  'a sign-in that came to nothing (%s) is told in a sentence',
  (why) => {
    const route = routeOf(`/calendar?provider=microsoft&refused=${why}`);
    expect(route).toEqual({ page: 'calendar', outcome: { provider: 'microsoft', refused: why } });
    expect(texts.vendor.refused[why](texts.calendar.microsoft)).toMatch(/Microsoft 365.*\.$/);
  },
);

test('an address that somebody made up says nothing of their choosing', () => {
  expect(routeOf('/calendar?provider=evil&connected=1')).toEqual({ page: 'calendar', outcome: null });
  expect(routeOf('/calendar?provider=google&refused=Call+0190-123')).toEqual({
    page: 'calendar',
    outcome: { provider: 'google', refused: 'refused' },
  });
  expect(routeOf('/calendar')).toEqual({ page: 'calendar', outcome: null });
});
