// Each project is a kind of test by what it needs running. Nothing is started for tests that need nothing.
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '@swc/jest' },
  testEnvironment: 'node',
};

export default {
  projects: [
    // Rules, and files that are held against each other: nothing has to run.
    {
      ...common,
      displayName: 'rules',
      testMatch: ['<rootDir>/tests/{domain,views,config,deploy}/**/*.test.ts'],
    },
    // The local Discord by itself: each test file starts its own server.
    { ...common, displayName: 'sandbox', testMatch: ['<rootDir>/tests/sandbox/**/*.test.ts'] },
    // Everything on real PostgreSQL and real Temporal, which are started once for all of them.
    {
      ...common,
      displayName: 'app',
      testMatch: [
        '<rootDir>/tests/{database,runtime,workflows,activities,bot,worker,scripts,durability}/**/*.test.ts',
      ],
      globalSetup: '<rootDir>/tests/support/start-servers.ts',
      globalTeardown: '<rootDir>/tests/support/stop-servers.ts',
    },
  ],
  testTimeout: 60_000,
  // Tests wait for servers most of the time: two at once, where Jest would leave one core to itself.
  maxWorkers: 2,
  // Node never forgets the modules of a test file: a process had 3 GB after half of them.
  workerIdleMemoryLimit: '1GB',
};
