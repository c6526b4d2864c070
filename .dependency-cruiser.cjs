// The architecture, in one list: a module may use the modules above it, never those below.
const MONEY_PATH = [
  'company',
  'people',
  'approvals',
  'customers',
  'products',
  'terms',
  'credit',
  'contracts',
  'orders',
  'receivables',
  'invoices',
  'revenue',
  'receipts',
  'allocations',
  'vouchers',
  'ageing',
  'prediction',
  'disputes',
  'promises',
  'dunning',
  'impairment',
  'reports',
  'imports',
]

const upstreamOnly = MONEY_PATH.slice(0, -1).map((name, index) => ({
  name: `${name}-uses-upstream-only`,
  comment: `Money flows down the path: ${name} may not know what happens after it. Put the link in src/flow.ts.`,
  severity: 'error',
  from: { path: `^src/modules/${name}/` },
  to: { path: `^src/modules/(${MONEY_PATH.slice(index + 1).join('|')})/` },
}))

/** A file's suffix says what it touches. No suffix: nothing, it is a pure rule. */
const PURE_FILE = '^src/modules/.+/[^/.]+[.]ts$'
const ALLOWED_SUFFIX = '[.](api|command|query|store|http|job|test)[.]ts$'

module.exports = {
  forbidden: [
    ...upstreamOnly,
    {
      name: 'module-is-on-the-path',
      severity: 'error',
      comment: 'A new module must be given its place in MONEY_PATH.',
      from: {},
      to: { path: '^src/modules/', pathNot: `^src/modules/(${MONEY_PATH.join('|')})/` },
    },
    {
      name: 'no-other-suffix',
      severity: 'error',
      comment: 'api, command, query, store, http, job, or none.',
      from: {},
      to: { path: '^src/modules/.*[.][^/]+[.]ts$', pathNot: ALLOWED_SUFFIX },
    },
    {
      name: 'pure-stays-pure',
      severity: 'error',
      comment: 'A rule (no suffix) imports only the kernel, other rules and data: no database, HTTP, clock, queue.',
      from: { path: PURE_FILE, pathNot: '/index[.]ts$' },
      to: { pathNot: ['^src/kernel/', PURE_FILE, '[.]json$', 'node_modules/decimal[.]js/'] },
    },
    {
      name: 'contract-touches-zod-only',
      severity: 'error',
      comment: 'A contract is shared with the browser.',
      from: { path: '[.]api[.]ts$' },
      to: { pathNot: ['^src/kernel/', '^src/platform/(contract|fields)[.]ts$', PURE_FILE, '[.]api[.]ts$', 'node_modules/zod/'] },
    },
    {
      name: 'kernel-knows-nobody',
      severity: 'error',
      comment: 'The kernel is vocabulary, shared with the browser: it imports only itself.',
      from: { path: '^src/kernel/' },
      to: { pathNot: ['^src/kernel/', 'node_modules/(decimal[.]js|temporal-polyfill)/'] },
    },
    {
      name: 'platform-knows-no-business',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(modules|connectors|web)/|^src/(flow|main|app|application)[.]ts$' },
    },
    {
      name: 'connectors-know-no-business',
      severity: 'error',
      comment: 'A connector translates; it decides nothing.',
      from: { path: '^src/connectors/' },
      to: { path: '^src/(modules|web)/|^src/(flow|main|app|application)[.]ts$' },
    },
    {
      name: 'one-connector-is-an-island',
      severity: 'error',
      comment: 'Deleting one provider folder must break only its registry line.',
      from: { path: '^src/connectors/([^/]+)/([^/]+)/' },
      to: { path: '^src/connectors/[^/]+/[^/]+/', pathNot: '^src/connectors/$1/$2/' },
    },
    {
      name: 'providers-behind-their-registry',
      severity: 'error',
      from: { path: '^src/(modules|platform|flow|main|app|application)' },
      to: { path: '^src/connectors/[^/]+/[^/]+/' },
    },
    {
      name: 'private-suffixes',
      severity: 'error',
      comment: 'Another module may import rules, commands and queries; not stores, routes, jobs.',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '[.](store|http|job)[.]ts$', pathNot: '^src/modules/$1/' },
    },
    {
      name: 'stores-are-private',
      severity: 'error',
      comment: 'Only app.ts gathers routes and jobs; nobody outside a module touches its store.',
      from: { path: '^src/', pathNot: '^src/modules/' },
      to: { path: '[.]store[.]ts$' },
    },
    {
      name: 'only-app-gathers',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/app[.]ts$', '^src/modules/'] },
      to: { path: '^src/modules/.*[.](http|job)[.]ts$' },
    },
    {
      name: 'http-and-jobs-hold-no-sql',
      severity: 'error',
      comment: 'Routes and jobs call commands and queries.',
      from: { path: '[.](http|job)[.]ts$' },
      to: { path: '[.]store[.]ts$' },
    },
    {
      name: 'web-sees-rules-only',
      severity: 'error',
      comment: 'The browser may share rules, contracts and the kernel, never server code.',
      from: { path: '^src/web/' },
      to: {
        path: '^src/',
        pathNot: ['^src/web/', '^src/kernel/', '^src/i18n/', '^src/platform/(contract|fields)[.]ts$', '[.]api[.]ts$', PURE_FILE],
      },
    },
    {
      name: 'only-main-starts-things',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|app|application)[.]ts$' },
      to: { path: '^src/(flow|main|app|application)[.]ts$' },
    },
    {
      name: 'pages-do-not-import-pages',
      severity: 'error',
      from: { path: '^src/web/pages/([^/]+)/' },
      to: { path: '^src/web/pages/', pathNot: '^src/web/pages/$1/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-test-imports', severity: 'error', from: { pathNot: '[.]test[.]tsx?$' }, to: { path: '[.]test[.]tsx?$' } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.json', '.js'] },
  },
}
