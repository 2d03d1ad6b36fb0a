'use strict';

const FEATURES = ['reconcile', 'live', 'desk', 'audit', 'accounts', 'people'];

/** Which room may know which. A broken arrow fails `npm run check`. */
module.exports = {
  forbidden: [
    {
      name: 'domain-knows-only-itself',
      comment: 'Everything that decides is plain: no framework, no database, no package, no node module.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'vendors-never-meet',
      comment: 'What two calendar or meeting vendors have in common belongs to the port.',
      severity: 'error',
      from: { path: '^src/(calendars|meetings)/(google|microsoft|caldav|builtin|zoom|none)/' },
      to: {
        path: '^src/(calendars|meetings)/(google|microsoft|caldav|builtin|zoom|none)/',
        pathNot: '^src/$1/$2/',
      },
    },
    {
      name: 'only-modules-name-a-vendor',
      comment: 'The rest asks the port, so that a vendor can be added or lost without anybody noticing.',
      severity: 'error',
      from: {
        path: '^(src|zoom-app|migrations)/',
        pathNot: ['^src/(calendars|meetings)/', '\\.module\\.ts$'],
      },
      to: { path: '^src/(calendars|meetings)/(google|microsoft|caldav|builtin|zoom|none)/' },
    },
    ...FEATURES.map((feature) => ({
      name: `${feature}-stands-alone`,
      comment: 'Features meet in the domain and in the store, never in each other.',
      severity: 'error',
      from: { path: `^src/${feature}/` },
      to: { path: `^src/(${FEATURES.filter((other) => other !== feature).join('|')})/` },
    })),
    {
      name: 'typeorm-stays-in-the-store',
      severity: 'error',
      from: { path: '^(src|zoom-app)/', pathNot: '^src/store/' },
      to: { path: 'node_modules/(typeorm|@nestjs/typeorm)/' },
    },
    {
      name: 'the-queue-stays-in-jobs',
      severity: 'error',
      from: { path: '^(src|zoom-app|migrations)/', pathNot: '^src/jobs/' },
      to: { path: 'node_modules/pg-boss/' },
    },
    {
      name: 'pages-know-types-and-the-domain',
      comment: 'Code of the service would end up in the browser; types of the API leave nothing behind.',
      severity: 'error',
      from: { path: '^zoom-app/' },
      to: { path: '^src/', pathNot: '^src/domain/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-service-knows-no-pages',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { path: '^(zoom-app|test)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] },
    },
    {
      name: 'everything-resolves',
      comment: 'A package of nothing but types has no entry that could be found.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@microsoft/microsoft-graph-types$' },
    },
    {
      name: 'no-development-packages-in-the-service',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(zoom-app/)?dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
