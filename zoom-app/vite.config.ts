import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { keepLastBuild } from './keep-last-build.ts';
import { leaveOutUnusedCalls } from './leave-out-unused-calls.ts';
import { pagesByAddress } from './pages-by-address.ts';

/** `npx vite build zoom-app` leaves the pages in zoom-app/dist, from where the service serves them. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [preact({ devToolsEnabled: false }), leaveOutUnusedCalls(), pagesByAddress(), keepLastBuild()],
  build: {
    target: 'es2022',
    // The service's content policy allows files alone, so nothing may be inlined into the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The panel has a page of its own, so that nobody in a meeting loads the desk.
    rolldownOptions: {
      input: { desk: `${import.meta.dirname}/index.html`, meeting: `${import.meta.dirname}/meeting.html` },
    },
  },
  // For work on the pages: `npx vite zoom-app` beside a running `npm start`.
  server: {
    proxy: {
      '/api': 'http://localhost:3000',
      '/sign-in': 'http://localhost:3000',
      '/health': 'http://localhost:3000',
    },
  },
});
