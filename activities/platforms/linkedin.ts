/**
 * LinkedIn: posts in the name of an organisation's page. It knows no idempotency key, but refuses the same text again for about a
 * day and names the post that is there; and it lists what a page has published, in which a lost answer is looked for.
 */

import type { PlatformSettings } from '../../domain/distribution.ts';
import { fromLittleText, toLittleText } from '../../domain/little-text.ts';
import {
  type LookUpOutcome,
  type NotPublished,
  type Published,
  type PublishOutcome,
  toPlatformPostId,
} from '../../domain/platforms.ts';
import { LinkedinClient, type LinkedinMedium } from '../../runtime/linkedin.ts';
import type { LinkedinAnswer } from '../../runtime/linkedin-answer.ts';
import type { LinkedinPost } from '../../runtime/linkedin-forms.ts';
import type { PlatformAddress } from '../../runtime/platform-addresses.ts';
import { readLinkedinFigures } from './linkedin-figures.ts';
import { mediaProblem, uploadMedium } from './linkedin-media.ts';
import { duplicateNamedBy, notPublished, notPublishedOrUnknown, repeatable } from './linkedin-outcomes.ts';
import { networkFailureOf, outcomeOfLostRequest } from './network.ts';
import type { CheckTools, ConnectPublisher, Publisher, PublisherTools, PublishOrder } from './publisher.ts';

const NOT_FOUND = 404;
const PAGE = 50;
/** How far back a look-up goes: further than any page publishes while the outcome of a post is open. */
const MOST_PAGES = 20;
/** How far LinkedIn's clock may be from ours, in ms. */
const CLOCKS_DIFFER_MS = 60_000;

const MEDIA_MISSING = { kind: 'unavailable', reason: 'Not all media are on LinkedIn yet.' } as const;

/**
 * LinkedIn at `address`, by the version of its API that the configuration names.
 *
 * @param timeoutMs how long an answer may take; the client's own standard when absent
 */
export function connectLinkedin(
  address: PlatformAddress,
  { version }: Pick<PlatformSettings['linkedin'], 'version'>,
  { timeoutMs }: { readonly timeoutMs?: number } = {},
): ConnectPublisher {
  return ({ accessToken: token, accountId: author }) => {
    const clientFor = ({ signal }: CheckTools) =>
      new LinkedinClient({
        api: address.api,
        token,
        version,
        signal,
        ...(timeoutMs !== undefined && { timeoutMs }),
      });

    const publisher: Publisher = {
      platform: 'linkedin',

      // Only LinkedIn knows when a version has ended, and who may publish on a page: any request for it tells.
      async check(tools) {
        return repeatable(tools, async () => {
          const answer = await clientFor(tools).postsOf(author, { start: 0, count: 1 });
          return answer.body === undefined ? explainedAt(tools)(answer) : undefined;
        });
      },

      async upload({ media }, tools) {
        const problem = mediaProblem(media);
        if (problem !== undefined) return problem;
        const explain = explainedAt(tools);
        const context = { client: clientFor(tools), owner: author, tools, explain };
        return repeatable(tools, async () => {
          for (const medium of media) {
            const hindrance = await uploadMedium(medium, context);
            if (hindrance !== undefined) return hindrance;
          }
          return undefined;
        });
      },

      async publish(order, tools) {
        const client = clientFor(tools);
        const media = await mediaOf(order, tools);
        if (media === undefined) return MEDIA_MISSING;
        const commentary = toLittleText(order.post.text);
        const answer = await client.createPost({ author, commentary, media }).catch((error) => {
          tools.signal.throwIfAborted();
          return outcomeOfLostRequest('linkedin', networkFailureOf(error));
        });
        return 'kind' in answer ? answer : outcomeOf(answer, order, client, tools);
      },

      async lookUp(order, tools) {
        const client = clientFor(tools);
        return repeatable(tools, () => lookThroughPosts(client, order, tools));
      },

      async edit({ post }, { id }, tools) {
        return repeatable(tools, async () => {
          const answer = await clientFor(tools).changeCommentary(id, toLittleText(post.text));
          if (answer.refusal === undefined) return { kind: 'edited' };
          if (answer.status !== NOT_FOUND) return explainedAt(tools)(answer);
          return { kind: 'rejected', reason: 'The post is not on LinkedIn any more.' };
        });
      },

      readFigures(orders, tools) {
        return readLinkedinFigures(orders, {
          client: clientFor(tools),
          organization: author,
          version,
          tools,
        });
      },
    };
    return publisher;

    async function outcomeOf(
      answer: LinkedinAnswer<string>,
      order: PublishOrder,
      client: LinkedinClient,
      tools: PublisherTools,
    ): Promise<PublishOutcome> {
      if (answer.body !== undefined) return publishedAs(answer.body);
      if (answer.refusal === undefined)
        return { kind: 'unknown', reason: 'LinkedIn did not name what it has published.' };
      const earlier = duplicateNamedBy(answer);
      if (earlier !== undefined) return settleDuplicate(earlier, order, client);
      if (isAboutMedia(answer)) await forgetMedia(order, tools);
      return notPublishedOrUnknown(answer, version, tools.now());
    }

    /** The post that LinkedIn names is this one if it came of an attempt of ours whose answer was lost. */
    async function settleDuplicate(
      earlier: string,
      order: PublishOrder,
      client: LinkedinClient,
    ): Promise<PublishOutcome> {
      const answer = await client.post(earlier).catch(() => undefined);
      if (answer?.body !== undefined && isSame(answer.body, order)) return publishedAs(earlier);
      if (answer === undefined || (answer.body === undefined && answer.status !== NOT_FOUND))
        return { kind: 'unknown', reason: 'LinkedIn says that it has the same post, and does not show it.' };
      return {
        kind: 'rejected',
        reason: `LinkedIn takes the same text only once in a day: it has it as ${earlier}. Change the text, or retry tomorrow.`,
      };
    }

    async function lookThroughPosts(
      client: LinkedinClient,
      order: PublishOrder,
      tools: PublisherTools,
    ): Promise<LookUpOutcome> {
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const answer = await client.postsOf(author, { start: page * PAGE, count: PAGE });
        const { body: posts } = answer;
        if (posts === undefined) return unseen(explainedAt(tools)(answer));
        const found = posts.find((post) => isSame(post, order));
        if (found !== undefined) return publishedAs(found.id);
        // Those that were changed last come first: what follows is older than the first attempt.
        const isThrough =
          posts.length < PAGE || posts.some(({ lastModifiedAt }) => isBefore(lastModifiedAt, order));
        if (isThrough) return { kind: 'not there' };
        tools.heartbeat();
      }
      return { kind: 'cannot tell', reason: 'The page has published too much since: look on LinkedIn.' };
    }

    function publishedAs(urn: string): Published {
      return { kind: 'published', id: toPlatformPostId(urn), url: `${address.pages}/feed/update/${urn}/` };
    }

    function explainedAt(tools: CheckTools): (answer: LinkedinAnswer<unknown>) => NotPublished {
      return (answer) => notPublished(answer, version, tools.now());
    }
  };
}

/** The media of a post, as `upload` has left them; undefined where it has not brought all of them there. */
async function mediaOf(
  { media, post }: PublishOrder,
  { uploads }: PublisherTools,
): Promise<LinkedinMedium[] | undefined> {
  const found: LinkedinMedium[] = [];
  for (const { info } of media) {
    const upload = await uploads.find(info.mediaId);
    if (upload?.isReady !== true) return undefined;
    // Of documents LinkedIn shows the title.
    const title = info.kind === 'document' ? post.title || info.name : undefined;
    found.push({ id: upload.reference, ...(title !== undefined && { title }) });
  }
  return found;
}

/** Whether LinkedIn refuses a post for its media: they are uploaded again when it is tried again. */
const isAboutMedia = ({ refusal }: LinkedinAnswer<unknown>) =>
  refusal?.code.startsWith('MEDIA_ASSET') === true;

async function forgetMedia({ media }: PublishOrder, { uploads }: PublisherTools): Promise<void> {
  for (const { info } of media) await uploads.forget(info.mediaId);
}

/** Whether a post on LinkedIn is that of the order: it says the same, and came about since that was first tried. */
function isSame({ commentary, createdAt }: LinkedinPost, order: PublishOrder): boolean {
  return !isBefore(createdAt, order) && readable(fromLittleText(commentary)) === readable(order.post.text);
}

const isBefore = (at: number, { firstTriedAt }: PublishOrder) => at < firstTriedAt - CLOCKS_DIFFER_MS;

/** A text without what LinkedIn may change about it: how lines end, spaces at the end of all. */
const readable = (text: string) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim();

/** What a look-up that LinkedIn refuses comes to. */
function unseen(refusal: NotPublished): LookUpOutcome {
  return refusal.kind === 'rejected' ? { kind: 'cannot tell', reason: refusal.reason } : refusal;
}
