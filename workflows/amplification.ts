/** What follows from that a post does much better than usual: staff are told, it is pinned for a while, and a follow-up is proposed. */

import { CancellationScope, condition, setCurrentDetails } from '@temporalio/workflow';
import type { AmplificationSteps, PinOutcome } from '../domain/amplification.ts';
import { database, discord } from './activities.ts';
import type { AmplificationInput } from './definitions/amplification.ts';
import { toTime } from './ui-time.ts';

export async function amplification({ post, plan }: AmplificationInput): Promise<AmplificationSteps> {
  const { channels } = discord(post.guildId, 'staff');
  let steps: AmplificationSteps = {};
  // Whoever cancels the workflow in the Temporal UI has the pin taken away at once, and nothing more begun.
  let cancellation: unknown;
  const isCancelled = () => cancellation !== undefined;
  CancellationScope.current().cancelRequested.catch((failure: unknown) => {
    cancellation = failure;
  });

  await CancellationScope.nonCancellable(amplify);
  if (isCancelled()) throw cancellation;
  return steps;

  async function amplify(): Promise<void> {
    const { pinForMs, hasFollowUp } = plan;
    await show('tell staff');
    if (pinForMs !== null && !isCancelled()) await pin(pinForMs);
    if (hasFollowUp && !isCancelled()) await followUp();
    if (steps.pin !== undefined || steps.followUp !== undefined) await show('tell staff what is done');
    if (steps.pin?.until === undefined) return;
    await untilOrCancelled(steps.pin.until);
    await unpin();
    await show('tell staff that it is not pinned any more');
  }

  /** Shows staff, and the Temporal UI, what was done so far. */
  async function show(summary: string): Promise<void> {
    const told = await channels.showAmplification.executeWithOptions({ summary }, [post, steps]);
    const refused = told.kind === 'refused' ? [`- staff are not told: ${told.reason}`] : [];
    setCurrentDetails([...describe(steps), ...refused].join('\n'));
  }

  async function pin(pinForMs: number): Promise<void> {
    const outcome = await tryToPin();
    const until = Date.now() + pinForMs;
    steps = { ...steps, pin: outcome.kind === 'pinned' ? { ...outcome, until } : outcome };
  }

  /** Two activities: if the second one is done again after a death, the pin that it finds is known to be ours. */
  async function tryToPin(): Promise<PinOutcome> {
    const found = await channels.findPin.executeWithOptions({ summary: 'whether it is pinned' }, [post]);
    if (found.kind !== 'not pinned') return found;
    return channels.pinPost.executeWithOptions({ summary: 'pin it' }, [post]);
  }

  async function followUp(): Promise<void> {
    steps = { ...steps, followUp: await database.proposeFollowUp(post, Date.now()) };
  }

  async function untilOrCancelled(time: number): Promise<void> {
    const summary = 'until it is unpinned';
    await condition(isCancelled, Math.max(1, time - Date.now()), { summary });
  }

  async function unpin(): Promise<void> {
    const outcome = await channels.unpinPost.executeWithOptions({ summary: 'unpin it' }, [post]);
    steps = { ...steps, unpin: outcome };
  }
}

function describe({ pin, unpin, followUp }: AmplificationSteps): string[] {
  return [
    ...(pin === undefined ? [] : [`- on Discord: ${pinText(pin)}`]),
    ...(unpin === undefined ? [] : [`- then: ${outcomeText(unpin)}`]),
    ...(followUp === undefined ? [] : [`- follow-up: ${followUpText(followUp)}`]),
  ];
}

function pinText(pin: NonNullable<AmplificationSteps['pin']>): string {
  return pin.until === undefined ? outcomeText(pin) : `pinned until ${toTime(pin.until)}`;
}

function outcomeText(outcome: { readonly kind: string; readonly reason?: string }): string {
  return outcome.reason === undefined ? outcome.kind : `${outcome.kind}: ${outcome.reason}`;
}

function followUpText(followUp: NonNullable<AmplificationSteps['followUp']>): string {
  return followUp.kind === 'proposed'
    ? `proposed as ${followUp.postId} for ${followUp.platforms.join(', ')}`
    : followUp.kind;
}
