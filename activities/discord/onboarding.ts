import { tipsHeldUntil } from '../../database/bursts.ts';
import type { Delivery, RoleChange } from '../../domain/delivery.ts';
import type { ChannelId } from '../../domain/ids.ts';
import {
  type Deed,
  type Opening,
  type StepDelivery,
  type StepOrder,
  type StepTemplate,
  stepKey,
  stepsOf,
  type Visit,
} from '../../domain/onboarding.ts';
import { guidanceMessage, type Row, stepMessage } from '../../views/onboarding.ts';
import { roleMenu } from '../../views/roles.ts';
import { mention } from '../../views/text.ts';
import { topicRows } from '../../views/topics.ts';
import type { DiscordContext } from './context.ts';
import { Deeds } from './deeds.ts';
import { deliver, nonceOf } from './deliver.ts';
import { channelForDirectMessages } from './direct-messages.ts';
import { saysGone } from './errors.ts';
import { changeRole } from './member-roles.ts';

/** What the key of the message for closed direct messages ends with. No step can be called so. */
const GUIDANCE = 'all tips';

/** What an onboarding does on Discord. */
export function onboardingOnDiscord(context: DiscordContext) {
  const { config, directory, logger, database } = context;
  const deeds = new Deeds(context);

  return {
    /** Gives the member the role of a step. Giving it again changes nothing. */
    async giveStepRole(order: StepOrder): Promise<RoleChange> {
      const role = findStep(order)?.role;
      if (role === undefined)
        return { kind: 'refused', reason: 'the step or its role is no longer configured' };
      const roleId = await directory.role(role);
      if (roleId === undefined) return { kind: 'refused', reason: `the guild has no role "${role}"` };
      const result = await changeRole(context, 'give', order.visit, roleId);
      if (!('refusal' in result)) return { kind: 'done' };
      if (saysGone(result.refusal)) return { kind: 'gone' };
      const { code, reason } = result.refusal;
      directory.forget();
      logger.warn(
        { memberId: order.visit.memberId, code },
        `the role "${role}" could not be given: ${reason}`,
      );
      return { kind: 'refused', reason };
    },

    /** Opens the channel for direct messages with the member, which is done once for ever, unless tips are held back. */
    async openDirectMessages({ visit, now }: StepOrder): Promise<Opening> {
      const until = await tipsHeldUntil(database.em.fork(), visit.guildId);
      if (until > now) return { kind: 'held', until };
      const opened = await channelForDirectMessages(context, visit);
      // Sending will say what is wrong, if it still is.
      return 'kind' in opened && opened.kind === 'gone' ? { kind: 'gone' } : { kind: 'done' };
    },

    /**
     * Sends the message of a step, once in a visit, unless tips are held back or the member has done what it asks for.
     */
    async sendStep(order: StepOrder): Promise<StepDelivery> {
      const step = findStep(order);
      if (step === undefined) return { kind: 'refused', reason: 'the step is no longer configured' };
      if (step.to === 'dm') {
        const until = await tipsHeldUntil(database.em.fork(), order.visit.guildId);
        if (until > order.now) return { kind: 'held', until };
      }
      const { unless } = step;
      if (unless !== undefined && (await deeds.hasDone(order.visit, unless)))
        return { kind: 'not needed', deed: unless };
      return send(order, step);
    },

    /**
     * Sends a tip again, whether or not it is needed.
     *
     * @param again what tells it from the first one and from other repetitions in this visit: digits
     */
    async resendStep(order: StepOrder, again: string): Promise<Delivery> {
      const step = findStep(order);
      if (step === undefined) return { kind: 'refused', reason: 'the step is no longer configured' };
      return send(order, step, again);
    },

    /**
     * Says the tips of `steps` in one message where the configuration wants it, for a member who takes no direct messages;
     * `closed` if it names no place.
     */
    async sendGuidance(
      { visit, variant }: Pick<StepOrder, 'visit' | 'variant'>,
      steps: readonly string[],
    ): Promise<Delivery> {
      const { closedDms } = config.onboarding;
      if (closedDms === undefined) return { kind: 'closed' };
      const place = await directory.channelForMessages(closedDms.channel);
      if ('kind' in place) return place;
      const templates = await needed(visit, stepsOf(config.onboarding, variant), steps);
      const key = stepKey(visit, GUIDANCE);
      const message = guidanceMessage(closedDms, templates, {
        ...(await directory.textContext(config.links, [closedDms, ...templates], {
          member: mention(visit.memberId),
        })),
        member: visit.memberId,
        mark: nonceOf(key),
        offer: templates.flatMap(offerOf),
      });
      return deliver(context, { key, ...place, ...visit }, message);
    },

    /** Which of `wanted` the member has done in this visit. */
    async findDeeds(visit: Visit, wanted: readonly Deed[]): Promise<Deed[]> {
      const done = await Promise.all(wanted.map((deed) => deeds.hasDone(visit, deed)));
      return wanted.filter((_, index) => done[index]);
    },
  };

  function findStep({ variant, step }: StepOrder): StepTemplate | undefined {
    return stepsOf(config.onboarding, variant).find(({ name }) => name === step);
  }

  /** What the member can choose from under the message of a step. */
  function offerOf(step: StepTemplate): Row[] {
    if (step.to !== 'dm' || step.offers === undefined) return [];
    return step.offers === 'roles' ? [roleMenu(config.roles)] : topicRows(config.topics);
  }

  async function needed(
    visit: Visit,
    steps: readonly StepTemplate[],
    names: readonly string[],
  ): Promise<StepTemplate[]> {
    const wanted = steps.filter(({ name }) => names.includes(name));
    const isDone = await Promise.all(
      wanted.map(({ unless }) => unless !== undefined && deeds.hasDone(visit, unless)),
    );
    return wanted.filter((_, index) => !isDone[index]);
  }

  async function send(order: StepOrder, step: StepTemplate, again?: string): Promise<Delivery> {
    const { visit } = order;
    const place = await placeOf(step, visit);
    if ('kind' in place) return place;
    const key = [stepKey(visit, step.name), ...(again === undefined ? [] : ['again', again])].join('/');
    const values = { member: mention(visit.memberId) };
    const message = stepMessage(step, {
      ...(await directory.textContext(config.links, step, values)),
      visit,
      mark: nonceOf(key),
      stopButton: config.onboarding.stopButton,
      offer: offerOf(step),
      again,
    });
    return deliver(context, { key, channelId: place.channelId, ...visit }, message);
  }

  async function placeOf(step: StepTemplate, visit: Visit): Promise<{ channelId: ChannelId } | Delivery> {
    return step.to === 'dm'
      ? channelForDirectMessages(context, visit)
      : directory.channelForMessages(step.channel);
  }
}
