// Who may import whom: what docs/architecture.md says in short, as rules. "npm run check" holds the code against them.

const OURS = [
  'domain',
  'views',
  'config',
  'runtime',
  'database',
  'workflows',
  'activities',
  'bot',
  'worker',
  'scripts',
  'sandbox',
  'deploy',
];

/** What each layer may import, beside itself and packages. A path narrows it to a part of that layer. */
const MAY_IMPORT = {
  domain: [],
  views: ['domain'],
  config: ['domain'],
  // `domain` for the ids in the environment's type.
  runtime: ['config', 'domain'],
  database: ['domain', 'config', 'runtime'],
  workflows: ['domain'],
  activities: ['domain', 'views', 'database', 'config', 'runtime', 'workflows/definitions'],
  bot: [
    'domain',
    'views',
    'config',
    'runtime',
    'workflows/definitions',
    // Of what staff want changed the reason goes past Temporal, and of tutorials all words: people's words do not belong in its
    // histories. A link to GitHub: the code that makes it is a secret between a member and us, which no history may carry to the bot.
    'database/(github-links|interests|leaderboard-privacy|lock|messages|migrate|orm|recognition-requests)',
    // What is offered while somebody types: a workflow for each letter would come too late.
    'database/latest-entries',
    'database/(tutorials|tutorial-completions)',
    // Events: what organisers write, what thousands do, and which event Discord tells of.
    'database/scheduled-events',
    'database/(event-drafts|event-lists|event-registrations|event-interest|event-preferences|event-feedback|event-attendance|voice-sessions)',
    'database/(workshops|workshop-insights)',
    // Posts: what staff write, how it will be, where it stands, and what became of it.
    'database/(post-drafts|post-changes|post-lists|post-previews|post-stats|post-insights|post-calendar)',
    // Reports hold what posts are called, which no history may carry to the bot.
    'database/reports',
  ],
  worker: ['domain', 'views', 'config', 'runtime', 'database', 'workflows', 'activities'],
  scripts: ['domain', 'config', 'runtime', 'database', 'workflows/definitions'],
  sandbox: [],
  deploy: [
    ...['config', 'runtime', 'database', 'workflows/definitions', 'scripts'],
    'sandbox/(start|control)',
  ],
};

/** What of the domain knows time zones, by large libraries. */
const READS_TIMES = 'domain/(event-time|report-period|wall-clock|workshop-start|workshop-times)\\.ts$';

const layerRules = Object.entries(MAY_IMPORT).map(([layer, allowed]) => ({
  name: `${layer}-imports-only-what-it-may`,
  comment: `${layer} may import ${['packages', ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^${layer}/` },
  to: {
    path: `^(${OURS.join('|')})/`,
    pathNot: [layer, ...allowed].map((path) => `^${path}(/|\\.ts$)`),
    // Workflows know activities by their types alone.
    ...(layer === 'workflows' && { dependencyTypesNot: ['type-only'] }),
  },
}));

export default {
  forbidden: [
    ...layerRules,
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-and-views-touch-nothing',
      comment:
        'Rules and views are pure: no file, network or clock of Node. Pictures need fonts, which are files',
      severity: 'error',
      from: { path: '^(domain|views)/', pathNot: '^views/pictures/(fonts|woff)\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'workflows-stay-in-the-sandbox',
      comment: 'Workflow code has nothing of Node and no large library',
      severity: 'error',
      from: { path: '^(workflows|domain)/' },
      to: { path: '^(node:|node_modules/(zod|yaml|discord\\.js|pg|@mikro-orm|pino)/)' },
    },
    {
      name: 'workflows-read-no-times',
      comment:
        'What people write, and what clocks show, is understood in the bot and in activities: the libraries for it are large',
      severity: 'error',
      from: { path: '^(domain|workflows)/', pathNot: `^${READS_TIMES}` },
      to: {
        path: `^${READS_TIMES}|node_modules/(chrono-node|temporal-polyfill)/`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'workflows-adapt-no-posts',
      comment: 'How X counts is known by a library that each isolate of a workflow would have to load',
      severity: 'error',
      from: { path: '^workflows/' },
      to: {
        path: '^domain/(adaptation|post-length|post-fit|text-cut)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'bot-loads-no-worker',
      comment: '@temporalio/worker loads webpack when it is imported',
      severity: 'error',
      from: { path: '^(bot|runtime)/' },
      to: { path: '@temporalio/worker', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'charts-are-loaded-when-drawn',
      comment: 'Most processes never draw one: the library is imported by who draws, when it does',
      severity: 'error',
      from: {},
      to: { path: 'node_modules/chart\\.js/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'every-import-is-declared',
      severity: 'error',
      from: { pathNot: '^sandbox/page/' },
      to: { dependencyTypes: ['unknown', 'undetermined', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|\\.data|artefacts|coverage)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
