import { Routes } from 'discord-api-types/v10';
import { findSent } from '../../database/sent-messages.ts';
import { countCompletions, takeDueCount } from '../../database/tutorial-completions.ts';
import { findTutorial } from '../../database/tutorials.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type Tutorial, type TutorialRef, tutorialWorkflowId } from '../../domain/tutorials.ts';
import type { MarkedMessage } from '../../views/marked-message.ts';
import {
  closedReview,
  notTakenMessage,
  publishedTutorial,
  removedTutorial,
  reviewMessage,
} from '../../views/tutorials.ts';
import type { DiscordContext } from './context.ts';
import { deliver, deliverToChannel, nonceOf } from './deliver.ts';
import { channelForDirectMessages } from './direct-messages.ts';
import { ask } from './errors.ts';
import { findMember } from './members.ts';

/** The messages about a tutorial, by the ends of their keys. Staff are asked by the first, and asked again by the second. */
const REVIEWS = ['review/1', 'review/2'] as const;
const PUBLISHED = 'published';
const TO_AUTHOR = 'to author';

const DELETED: Delivery = { kind: 'refused', reason: 'the tutorial was deleted' };

/** What the review of a tutorial does on Discord. */
export function tutorialsOnDiscord(context: DiscordContext) {
  const { config, database, directory, rest } = context;
  const settings = config.recognition.tutorials;

  return {
    /** Asks staff to decide on a tutorial, once. */
    askForReview: (tutorial: TutorialRef): Promise<Delivery> => askStaff(tutorial, 1),

    /** Asks them once more, with a new message in place of the first, also where somebody has deleted that. */
    async askForReviewAgain(tutorial: TutorialRef): Promise<Delivery> {
      const asked = await askStaff(tutorial, 2);
      const first = await findSent(database.em.fork(), keyOf(tutorial, REVIEWS[0]));
      // If it cannot be deleted, it leads to the same decision.
      if (asked.kind === 'sent' && first !== undefined)
        await ask(() => rest.delete(Routes.channelMessage(first.channelId, first.messageId)));
      return asked;
    },

    /** Says in the review what was decided; removes it if the tutorial was deleted. Doing it again changes nothing. */
    async closeReview(tutorial: TutorialRef): Promise<Delivery> {
      const em = database.em.fork();
      const found = await findTutorial(em, tutorial);
      let closed: Delivery = { kind: 'refused', reason: 'staff could not be asked' };
      for (const review of REVIEWS) {
        const sent = await findSent(em, keyOf(tutorial, review));
        if (sent === undefined) continue;
        const route = Routes.channelMessage(sent.channelId, sent.messageId);
        const result = await ask(() =>
          found === undefined ? rest.delete(route) : rest.patch(route, { body: closedReview(found) }),
        );
        if (!('refusal' in result)) closed = { kind: 'sent', ...sent };
        else if (closed.kind !== 'sent') closed = { kind: 'refused', reason: result.refusal.reason };
      }
      return closed;
    },

    /** Whether the author of a tutorial is in the guild. */
    async isAuthorThere({ guildId, authorId }: TutorialRef): Promise<boolean> {
      return (await findMember(context, guildId, authorId)) !== undefined;
    },

    /** Publishes an approved tutorial, once. If staff take it off the list meanwhile, it says so. */
    async publishTutorial(tutorial: TutorialRef): Promise<Delivery> {
      const found = await findTutorial(database.em.fork(), tutorial);
      if (found === undefined) return DELETED;
      if (found.state !== 'approved') return { kind: 'refused', reason: 'it is not in the list any more' };
      const completions = await countCompletions(database.em.fork(), tutorial);
      const intent = { key: keyOf(tutorial, PUBLISHED), ...ownerOf(tutorial) };
      const message = await published(found, completions);
      const sent = await deliverToChannel(context, settings.channel, intent, message);
      const now = await findTutorial(database.em.fork(), tutorial);
      return now?.state === 'removed' ? showAsItStands(tutorial, completions) : sent;
    },

    /** Says below a published tutorial how many have done it by now. One that somebody has deleted stays away. */
    async showCompletions(tutorial: TutorialRef): Promise<Delivery> {
      return showAsItStands(tutorial, await takeDueCount(database.em.fork(), tutorial));
    },

    /** Says where a tutorial was published that it was taken off the list. Doing it again changes nothing. */
    async showRemoval(tutorial: TutorialRef): Promise<Delivery> {
      return showAsItStands(tutorial, 0);
    },

    /** Tells the author by direct message that a tutorial was not taken, or taken off the list, once, where that is configured. */
    async tellAuthor(tutorial: TutorialRef): Promise<Delivery | { kind: 'not configured' }> {
      if (!settings.tellAuthor) return { kind: 'not configured' };
      const found = await findTutorial(database.em.fork(), tutorial);
      if (found === undefined) return DELETED;
      const place = await channelForDirectMessages(context, ownerOf(tutorial));
      if ('kind' in place) return place;
      const key = keyOf(tutorial, TO_AUTHOR);
      const texts = await directory.textContext(config.links, settings);
      const message = notTakenMessage(found, settings, nonceOf(key), texts);
      return deliver(context, { key, ...ownerOf(tutorial), ...place }, message);
    },
  };

  async function askStaff(tutorial: TutorialRef, number: 1 | 2): Promise<Delivery> {
    const found = await findTutorial(database.em.fork(), tutorial);
    if (found === undefined) return DELETED;
    const intent = { key: keyOf(tutorial, REVIEWS[number - 1] ?? REVIEWS[0]), ...ownerOf(tutorial) };
    return deliverToChannel(context, settings.reviewChannel, intent, reviewMessage(found, number));
  }

  /** Changes the published message to what there is to say of the tutorial now. */
  async function showAsItStands(tutorial: TutorialRef, completions: number): Promise<Delivery> {
    const em = database.em.fork();
    const sent = await findSent(em, keyOf(tutorial, PUBLISHED));
    for (;;) {
      const found = await findTutorial(em, tutorial);
      if (found === undefined) return DELETED;
      if (sent === undefined) return { kind: 'refused', reason: 'it is not published' };
      const body = await bodyNow(found, completions);
      const route = Routes.channelMessage(sent.channelId, sent.messageId);
      const result = await ask(() => rest.patch(route, { body }));
      if ('refusal' in result) return { kind: 'refused', reason: result.refusal.reason };
      // It may have been taken off the list meanwhile: whoever ends last has looked at the latest.
      if ((await findTutorial(em, tutorial))?.state === found.state) return { kind: 'sent', ...sent };
    }
  }

  async function bodyNow(tutorial: Tutorial, completions: number) {
    if (tutorial.state !== 'removed') return (await published(tutorial, completions)).body;
    return removedTutorial(tutorial, settings, await directory.textContext(config.links, settings));
  }

  async function published(tutorial: Tutorial, completions: number): Promise<MarkedMessage> {
    const texts = await directory.textContext(config.links, settings);
    return publishedTutorial(tutorial, completions, settings, texts);
  }
}

function keyOf(tutorial: TutorialRef, which: string): string {
  return `${tutorialWorkflowId(tutorial)}/${which}`;
}

function ownerOf({ guildId, authorId }: TutorialRef) {
  return { guildId, memberId: authorId };
}
