import { texts } from '../look/texts.ts';
import { Field } from '../parts/field.tsx';
import type { Send } from '../program/facts.ts';
import { formOf } from '../program/model.ts';
import type { Model } from '../program/model.ts';

const FORM = 'sign-in';

/** Says what this is to somebody who is not signed in, and takes a token. */
export function SignInPage({ model, send }: { model: Model; send: Send }) {
  const token = (formOf(model, FORM).values['token'] ?? '').trim();
  return (
    <main id="main" class="narrow sign-in" tabIndex={-1}>
      <p class="wordmark">{texts.name}</p>
      <h1>{texts.signIn.title}</h1>
      <p>{texts.signIn.what}</p>
      {model.signedOutBecause && (
        <p class="failure" role="alert">
          {model.signedOutBecause}
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (token !== '') send({ kind: 'TokenGiven', token: token.replace(/^.*#token=/, '') });
        }}
      >
        <p>{texts.signIn.how}</p>
        <Field model={model} send={send} form={FORM} name="token" label={texts.signIn.token} required />
        <button class="button button-first" type="submit">
          {texts.signIn.paste}
        </button>
      </form>
      <p class="quiet">{texts.signIn.command}</p>
      <pre>npm run token -- --person EMAIL</pre>
    </main>
  );
}
