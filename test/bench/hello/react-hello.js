import { createElement, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import sdk from '@zoom/appssdk';

/** A timer and three buttons: the least that a panel in React would be. */
function Hello() {
  const [left, setLeft] = useState(600);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    void sdk.config({ capabilities: ['getAppContext'], version: '0.16' }).catch(() => {});
    return () => clearInterval(timer);
  }, []);
  const buttons = ['Play', 'Pause', 'Back'].map((name) => createElement('button', { key: name }, name));
  return createElement('main', null, createElement('h1', null, left), ...buttons);
}

createRoot(document.getElementById('app')).render(createElement(Hello));
