import { tipsHeldUntil } from '../../database/bursts.ts';
import type { Delivery, RoleChange } from '../../domain/delivery.ts';
import type { ChannelId } from '../../domain/ids.ts';
import {
  type Deed,
  type Held,
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
import { deliver, deliverToChannel, nonceOf } from './deliver.ts';
import { channelForDirectMessages } from './direct-messages.ts';
import { fitRole } from './member-roles.ts';

/** What the key of the message for closed direct messages ends with. No step can be called so. */
const GUIDANCE = 'all tips';

/** What an onboarding does on Discord. */
export function onboardingOnDiscord(context: DiscordContext) {
  const { config, directory, database } = context;
  const deeds = new Deeds(context);

  return {
    /** Gives the member the role of a step. Giving it again changes nothing. */
    async giveStepRole(order: StepOrder): Promise<RoleChange> {
      const role = findStep(order)?.role;
      if (role === undefined)
        return { kind: 'refused', reason: 'the step or its role is no longer configured' };
      return fitRole(context, order.visit, role, async () => true);
    },

    /** Opens the channel for direct messages with the member, which is done once for ever, unless tips are held back. */
    async openDirectMessages(order: StepOrder): Promise<Opening> {
      const held = await whetherHeld(order);
      if (held !== undefined) return held;
      const opened = await channelForDirectMessages(context, order.visit);
      // Sending will say what is wrong, if it still is.
      return 'kind' in opened && opened.kind === 'gone' ? { kind: 'gone' } : { kind: 'done' };
    },

    /**
     * Sends the message of a step, once in a visit, unless tips are held back or the member has done what it asks for.
     */
    async sendStep(order: StepOrder): Promise<StepDelivery> {
      const step = findStep(order);
      if (step === undefined) return { kind: 'refused', reason: 'the step is no longer configured' };
      const held = step.to === 'dm' ? await whetherHeld(order) : undefined;
      if (held !== undefined) return held;
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
      return deliverToChannel(context, closedDms.channel, { key, ...visit }, message);
    },

    /** Which of `wanted` the member has done in this visit. */
    async findDeeds(visit: Visit, wanted: readonly Deed[]): Promise<Deed[]> {
      const done = await Promise.all(wanted.map((deed) => deeds.hasDone(visit, deed)));
      return wanted.filter((_, index) => done[index]);
    },
  };

  /** Until when tips wait, if they do. */
  async function whetherHeld({ visit, now }: StepOrder): Promise<Held | undefined> {
    const until = await tipsHeldUntil(database.em.fork(), visit.guildId);
    return until > now ? { kind: 'held', until } : undefined;
  }

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
