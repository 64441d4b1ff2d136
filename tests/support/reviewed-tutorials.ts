/** Tutorials that are reviewed in a running community. */

import type { APIMessage } from 'discord-api-types/v10';
import { decideTutorial, submitTutorial } from '../../database/tutorials.ts';
import { toMemberId } from '../../domain/ids.ts';
import { type NewTutorial, tutorialCause, tutorialWorkflowId, type Verdict } from '../../domain/tutorials.ts';
import type { TutorialInput, TutorialResult } from '../../workflows/definitions/tutorial.ts';
import { messagesIn, type TestCommunity } from './community.ts';
import { newTutorial } from './tutorials.ts';
import { until } from './wait.ts';

/** Who of the staff decides. */
export const DECIDING_STAFF = toMemberId('1300000000000000099');

/** What tests do with tutorials in a community, and what they find there. */
export function reviewedTutorials(community: TestCommunity) {
  const em = () => community.database.em.fork();
  const about = async (channel: string, { link }: NewTutorial): Promise<APIMessage[]> =>
    (await messagesIn(community, channel)).filter(({ embeds }) => embeds[0]?.url === link.address);
  const reviewsOf = (tutorial: NewTutorial) => about('moderation', tutorial);
  const handleOf = (tutorial: NewTutorial) =>
    community.client.workflow.getHandle<(input: TutorialInput) => Promise<TutorialResult>>(
      tutorialWorkflowId(tutorial),
    );

  return {
    reviewsOf,
    handleOf,
    publishedOf: (tutorial: NewTutorial) => about('tutorials', tutorial),

    /** Somebody joins and adds a tutorial. It is not waited for until staff are asked. */
    async add(
      words: { title?: string; description?: string } = {},
      joining: { dmsClosed?: boolean } = {},
    ): Promise<NewTutorial> {
      const { guildId, memberId } = await community.join(joining);
      const tutorial = newTutorial(guildId, memberId, words);
      const { kind } = await submitTutorial(em(), tutorial, 1);
      if (kind !== 'submitted') throw new Error(`the tutorial was not added: ${kind}`);
      return tutorial;
    },

    /** The same, until staff are asked. */
    async addAndAsk(...words: Parameters<typeof this.add>): Promise<NewTutorial> {
      const tutorial = await this.add(...words);
      await until(async () => (await reviewsOf(tutorial)).length === 1);
      return tutorial;
    },

    decide: (tutorial: NewTutorial, verdict: Verdict, reason?: string, quality?: number) =>
      decideTutorial(
        em(),
        tutorial,
        { verdict, staffId: DECIDING_STAFF, ...(quality !== undefined && { quality }) },
        Date.now(),
        reason,
      ),

    /** Waits for the end of the review, while time is skipped. */
    resultOf: (tutorial: NewTutorial) => handleOf(tutorial).result(),

    /** What its author has got for it, in tenths of a point: an entry each. */
    async tenthsFor(tutorial: NewTutorial): Promise<number[]> {
      const rows: { tenths: number }[] = await em().execute(
        'select tenths from points_ledger where cause = ? and member_id = ?',
        [tutorialCause(tutorial), tutorial.authorId],
      );
      return rows.map(({ tenths }) => tenths);
    },
  };
}
