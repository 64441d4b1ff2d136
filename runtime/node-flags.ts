/**
 * How Node runs our processes. Left to itself it takes twice the memory before it clears up. A worker's live heap was 110 MB at
 * most with 10,000 open onboardings (docs/performance.md); one that ever needs more ends, and is started again where it was.
 * Those who start processes by themselves (`docker-compose.yml`, `Dockerfile`, `docs/operators.md`) say the same.
 */
export const NODE_FLAGS = {
  bot: ['--max-old-space-size=224', '--max-semi-space-size=4'],
  worker: ['--max-old-space-size=224', '--max-semi-space-size=4'],
} as const;
