import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { recordCrossPost } from '../../database/distribution.ts';
import { findAccount } from '../../database/platform-accounts.ts';
import { readPostPreview } from '../../database/post-previews.ts';
import { deliveriesOf, findPost } from '../../database/posts.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { DeliveryFailure, FailureOutcome, PlatformEdit } from '../../domain/post-deliveries.ts';
import { postDraftId } from '../../domain/post-draft-buttons.ts';
import { deliveryWorkflowId, type PostRef, postWorkflowId } from '../../domain/posts.ts';
import {
  abandonedMessage,
  accountExpiredMessage,
  closedProposal,
  crossPostMessage,
  failureMessage,
  postEditedMessage,
} from '../../views/distribution.ts';
import type { MarkedMessage } from '../../views/marked-message.ts';
import { proposalMessage } from '../../views/posts.ts';
import type { AccountNotice } from '../../workflows/definitions/account-notice.ts';
import type { DiscordContext } from './context.ts';
import { changeDelivered, deliverOrChange, deliverToChannel, nonceOf } from './deliver.ts';

const NO_SUCH_POST: Delivery = { kind: 'refused', reason: 'there is no such post' };
const NOTHING_TO_TELL: Delivery = { kind: 'refused', reason: 'there is nothing to tell' };

/** What members and staff are told of a post. */
export function distributionOnDiscord(context: DiscordContext) {
  const { config, database, directory } = context;
  const settings = config.distribution;

  return {
    /** Links to all places where a post is published, once there is one beyond Discord; then it is brought up to date. */
    async showCrossPost(post: PostRef): Promise<Delivery> {
      const em = database.em.fork();
      const found = await findPost(em, post);
      const published = (await deliveriesOf(em, post)).filter(({ state }) => state === 'published');
      if (found === undefined) return NO_SUCH_POST;
      if (published.every(({ platform }) => platform === 'discord')) return NOTHING_TO_TELL;
      const key = `${postWorkflowId(post)}/cross-post`;
      const message = crossPostMessage(found, published, nonceOf(key), await texts());
      const shown = await deliverOrChange(context, settings.crossPostChannel, intent(key, post), message);
      if (shown.kind === 'sent') await recordCrossPost(em, post, shown);
      return shown;
    },

    /** Asks those who may approve a revision of a post to do so, or shows that it is not to be approved any more. */
    async showProposal(post: PostRef, revision: number): Promise<Delivery> {
      const em = database.em.fork();
      const key = `${postWorkflowId(post)}/proposal/${revision}`;
      // Nobody decides by what it would cost: in which month it is counted does not matter here.
      const preview = await readPostPreview(em, post, config, Date.now());
      if (preview === undefined) return NO_SUCH_POST;
      const { state, revision: current, createdBy } = preview.post;
      if (state !== 'proposed' || current !== revision)
        return changeSent(key, closedProposal(preview.post, revision));
      const { content, embeds, components } = proposalMessage(preview, createdBy);
      const body = { content, embeds, components, allowed_mentions: { parse: [] } };
      const marker = postDraftId('post-approve', { ...post, revision });
      return deliverToChannel(context, settings.staffChannel, intent(key, post), {
        marker,
        body: body as RESTPostAPIChannelMessageJSONBody,
      });
    },

    /** Shows staff that a post could not be published on a platform, or what became of that. */
    async showFailure(failure: DeliveryFailure, outcome: FailureOutcome): Promise<Delivery> {
      const { delivery, attempt } = failure;
      const found = await findPost(database.em.fork(), delivery);
      if (found === undefined) return NO_SUCH_POST;
      const key = `${deliveryWorkflowId(delivery)}/failure/${attempt}`;
      const message = failureMessage(found, failure, outcome, await texts());
      if (outcome.kind === 'open') return tellStaff(key, delivery, message);
      const changed = await changeSent(key, message.body);
      if (outcome.kind !== 'abandoned') return changed;
      const notice = `${deliveryWorkflowId(delivery)}/abandoned`;
      const abandoned = abandonedMessage(found, delivery, outcome.withinMs, nonceOf(notice), await texts());
      return tellStaff(notice, delivery, abandoned);
    },

    /**
     * Tells staff where a change of a published post was made, and where it could not be, once.
     *
     * @param which tells it from other changes of the post
     */
    async tellPostEdited(post: PostRef, which: string, edits: readonly PlatformEdit[]): Promise<Delivery> {
      const found = await findPost(database.em.fork(), post);
      if (found === undefined) return NO_SUCH_POST;
      if (edits.every(({ outcome }) => outcome.kind === 'up to date')) return NOTHING_TO_TELL;
      const key = `${postWorkflowId(post)}/edited/${which}`;
      return tellStaff(key, post, postEditedMessage(found, edits, nonceOf(key), await texts()));
    },

    /** Tells staff that an account has to be connected again, once, unless it has been meanwhile. */
    async tellAccountExpired({ guildId, platform, version }: AccountNotice): Promise<Delivery> {
      const account = await findAccount(database.em.fork(), { guildId, platform });
      if (account?.state !== 'expired' || account.version !== version) return NOTHING_TO_TELL;
      const key = `account/${guildId}/${platform}/expired/${version}`;
      const reason = account.reason ?? 'its token is refused';
      const message = accountExpiredMessage(platform, reason, nonceOf(key), await texts());
      return tellStaff(key, { guildId }, message);
    },
  };

  async function texts() {
    return { settings, context: await directory.textContext(config.links, settings) };
  }

  function tellStaff(key: string, of: Pick<PostRef, 'guildId'>, message: MarkedMessage): Promise<Delivery> {
    return deliverToChannel(context, settings.staffChannel, intent(key, of), message);
  }

  async function changeSent(key: string, body: RESTPostAPIChannelMessageJSONBody): Promise<Delivery> {
    return (await changeDelivered(context, key, body)) ?? NOTHING_TO_TELL;
  }
}

function intent(key: string, { guildId }: Pick<PostRef, 'guildId'>) {
  return { key, guildId, memberId: null };
}
