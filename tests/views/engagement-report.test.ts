import { describe, expect, test } from '@jest/globals';
import type { APIEmbed } from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../../domain/discord-limits.ts';
import { toGuildId } from '../../domain/ids.ts';
import { engagementReportEmbeds, engagementReportMessage } from '../../views/engagement-report.ts';
import { carriesMarker } from '../../views/marked-message.ts';
import { fullReport, reportOn, tallyOn, weekOf } from '../support/engagement-report.ts';

const MARK = 'm'.repeat(25);
const guildId = toGuildId('1180000000000000000');
const charts = { growth: Buffer.from('growth'), platforms: Buffer.from('platforms') };
const message = (report = fullReport()) =>
  engagementReportMessage(report, report.now.all.posts === 0 ? undefined : charts, { guildId, mark: MARK });

/** How Discord counts what an embed holds ("Embed Limits"). */
function lengthOf({ title, description, fields = [], footer }: APIEmbed): number {
  const texts = [title, description, footer?.text, ...fields.flatMap(({ name, value }) => [name, value])];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

describe('the report on what became of posts', () => {
  test('has the figures, each platform and the best posts, with a chart in two of its parts', () => {
    const [summary, platforms, top] = message().body.embeds ?? [];
    expect(summary).toMatchObject({
      title: '📊 What became of posts, Mon 16 Nov 2026 to Sun 22 Nov 2026',
      image: { url: 'attachment://engagement-growth.png' },
      fields: [
        { name: 'Posts', value: expect.stringMatching(/^\*\*3\*\*\n±0 % against the week before\n/) },
        {
          name: 'Total reach',
          value: expect.stringMatching(/^\*\*4,900\*\*\n−6 % against the week before\n/),
        },
        { name: 'Total engagement', value: expect.stringMatching(/^\*\*300\*\*\n/) },
        {
          name: 'Engagement rate',
          value: expect.stringMatching(/^\*\*4.1 %\*\*\n±0 points against the week/),
        },
      ],
    });
    expect(summary?.footer?.text).toContain('its latest reading');
    expect(platforms?.image?.url).toBe('attachment://engagement-platforms.png');
    expect(platforms?.description?.split('\n')).toHaveLength(5);
    expect(platforms?.description).toContain(
      '**X**: 3 posts · 90 interactions (−7 %, −16 %) · median 28 a post',
    );
    expect(top?.description?.split('\n')[0]).toBe(
      '**1.** [Particles that follow a curve](https://x.com/tixl/status/0)',
    );
  });

  test('does not link to what was deleted', () => {
    const top = message().body.embeds?.[2]?.description ?? '';
    expect(top).toContain('**4.** **Particles that follow a curve**');
    expect(top).toContain('deleted there since');
  });

  test('can be found again by its mark, and its parts stay apart', () => {
    const { body, marker } = message();
    expect(carriesMarker({ embeds: body.embeds ?? [], components: [] }, marker)).toBe(true);
    expect((body.embeds ?? []).filter(({ url }) => url !== undefined)).toHaveLength(1);
    expect(body.allowed_mentions).toEqual({ parse: [] });
  });

  test('has its charts as files, which are described to who cannot see them', () => {
    const { body, media } = message();
    expect(media?.map(({ name }) => name)).toEqual(['engagement-growth.png', 'engagement-platforms.png']);
    expect(body.attachments).toMatchObject([
      { id: 0, filename: 'engagement-growth.png', description: expect.stringContaining('16 Nov: 90') },
      { id: 1, filename: 'engagement-platforms.png', description: expect.stringContaining('GitHub: 14') },
    ]);
    for (const { description } of body.attachments ?? [])
      expect(description?.length).toBeLessThanOrEqual(DISCORD_LIMITS.fileDescription);
  });

  test('fits into a message, however long titles are', () => {
    const long = fullReport('*_~`[]|'.repeat(40));
    const { embeds = [] } = message(long).body;
    expect(embeds.reduce((sum, embed) => sum + lengthOf(embed), 0)).toBeLessThanOrEqual(
      DISCORD_LIMITS.embedTotal,
    );
    for (const { description = '' } of embeds)
      expect(description.length).toBeLessThanOrEqual(DISCORD_LIMITS.embedDescription);
  });

  test('says that a week had no posts, in one part without a chart', () => {
    const { body, media } = message(reportOn(weekOf(0), [weekOf(1, { posts: 2 })]));
    expect(body.embeds).toMatchObject([{ description: expect.stringContaining('Nothing was published') }]);
    expect(body.embeds?.[0]?.image).toBeUndefined();
    expect([body.attachments, media]).toEqual([[], []]);
  });

  test('names no best post where there were no interactions, and warns of what is missing', () => {
    const platforms = [tallyOn('x', { missed: 3 })];
    const embeds = engagementReportEmbeds(reportOn(weekOf(0, { posts: 1 }, platforms)));
    expect(embeds.map(({ title }) => title)).toEqual([expect.any(String), 'By platform']);
    expect(embeds[0]?.description).toContain('⚠️ X: 3 readings could not be taken.');
    expect(embeds[1]?.description).toBe('**X**: 1 post · interactions not available');
  });
});
