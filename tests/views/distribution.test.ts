import { beforeAll, describe, expect, test } from '@jest/globals';
import type { DistributionSettings } from '../../domain/distribution.ts';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import type { FailureOutcome } from '../../domain/post-deliveries.ts';
import { toPostId } from '../../domain/posts.ts';
import { crossPostMessage, failureMessage, postEditedMessage } from '../../views/distribution.ts';
import { carriesMarker } from '../../views/marked-message.ts';
import { loadConfigWith } from '../support/config.ts';

const CONTEXT = { links: { guide: 'https://tixl.app' }, channels: new Map() };
const POST = { title: 'Release *4* {platform}' };
const FAILURE = {
  delivery: {
    guildId: toGuildId('1180000000000000001'),
    postId: toPostId('1300000000000000001'),
    platform: 'linkedin',
  },
  attempt: 2,
  reason: 'a **very** long reason '.repeat(100),
} as const;
const BY = toMemberId('1300000000000000096');

let settings: DistributionSettings;
beforeAll(async () => {
  settings = (await loadConfigWith('{}')).distribution;
});

const shown = (outcome: FailureOutcome) =>
  failureMessage(POST, FAILURE, outcome, { settings, context: CONTEXT });

describe('a failure', () => {
  test('that is open is said with its reason, as it is written, and has buttons of this attempt', () => {
    const { body, marker } = shown({ kind: 'open' });
    const [embed] = body.embeds ?? [];
    expect(embed?.description).toContain('Release \\*4\\* {platform}');
    expect(embed?.description).toContain('a \\*\\*very\\*\\* long reason');
    expect(embed?.description?.length).toBeLessThan(1_000);
    expect(JSON.stringify(body.components)).toContain('post-skip:1300000000000000001:linkedin:2');
    expect(carriesMarker({ embeds: [], components: body.components as never }, marker)).toBe(true);
    expect(body.allowed_mentions).toEqual({ parse: [] });
  });

  test.each<[FailureOutcome, string]>([
    [{ kind: 'decided', by: BY, decision: 'retry' }, `Retried by <@${BY}>`],
    [{ kind: 'decided', by: null, decision: 'skip' }, 'Skipped by an operator'],
    [{ kind: 'published', url: 'https://x.com/1' }, 'Published: https://x.com/1'],
    [{ kind: 'abandoned', withinMs: 30 * 86_400_000 }, 'nobody has decided within 30 days'],
  ])('of which %j is known says so, and has no buttons', (outcome, said) => {
    const { body } = shown(outcome);
    expect(body.embeds?.[0]?.fields).toMatchObject([{ value: expect.stringContaining(said) }]);
    expect(body.components).toEqual([]);
  });
});

test('what links to a post names the platforms in their order, those alone on which it is', () => {
  const deliveries = [
    { platform: 'github', url: 'https://github.com/1' },
    { platform: 'discord', url: 'https://discord.com/1' },
    { platform: 'x', url: null },
  ] as const;
  const { body } = crossPostMessage(POST, deliveries, 'mark', { settings, context: CONTEXT });
  expect(body.embeds?.[0]?.description?.split('\n').at(-1)).toBe(
    '[Discord](https://discord.com/1) · [GitHub](https://github.com/1)',
  );
  expect(body.embeds?.[0]?.url).toMatch(/#mark$/);
});

test('of a change it is said where it stands, and where it does not', () => {
  const edits = [
    { platform: 'discord', outcome: { kind: 'edited' } },
    { platform: 'x', outcome: { kind: 'rejected', reason: 'it cannot be changed' } },
  ] as const;
  const { body } = postEditedMessage(POST, edits, 'mark', { settings, context: CONTEXT });
  expect(body.embeds?.[0]?.description?.split('\n').slice(1)).toEqual([
    '✅ Discord: says it now',
    '⛔ X: says what it said before: it cannot be changed',
  ]);
});
