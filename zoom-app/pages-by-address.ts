import type { Plugin, Rolldown } from 'vite';
import { LATER_PAGES } from './program/routes.ts';

/**
 * Gives the address of each later page an HTML of its own, such as audit.html: the front page that also names the
 * program which the address will ask for. So both travel together, instead of one after the other.
 */
export function pagesByAddress(): Plugin {
  return {
    name: 'pages-by-address',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const front = bundle['index.html'];
        if (front?.type !== 'asset') return;
        const html = String(front.source);
        for (const page of LATER_PAGES) {
          const files = [...filesOf(page, bundle)].filter((file) => !html.includes(`"/${file}"`));
          const links = files.map((file) => `  ${linkTo(file)}\n  `).join('');
          this.emitFile({
            type: 'asset',
            fileName: `${page}.html`,
            source: html.replace('</head>', `${links}</head>`),
          });
        }
      },
    },
  };
}

/** The program of a page with everything that it imports. */
function filesOf(page: string, bundle: Rolldown.OutputBundle): ReadonlySet<string> {
  const files = new Set<string>();
  const add = (name: string): void => {
    const file = bundle[name];
    if (file?.type !== 'chunk' || files.has(name)) return;
    files.add(name);
    file.viteMetadata?.importedCss.forEach((style) => files.add(style));
    file.imports.forEach(add);
  };
  const program = Object.values(bundle).find(
    (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(`/${page}/${page}-page.tsx`),
  );
  if (!program) throw new Error(`The page ${page} has no program of its own`);
  add(program.fileName);
  return files;
}

function linkTo(file: string): string {
  const rel = file.endsWith('.css') ? 'stylesheet' : 'modulepreload';
  return `<link rel="${rel}" crossorigin href="/${file}">`;
}
