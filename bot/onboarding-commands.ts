import {
  type WorkflowExecutionInfo,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { type MemberId, toMemberId } from '../domain/ids.ts';
import { joinedAtOf } from '../domain/onboarding.ts';
import { DEFAULT_WEEKS, MAX_WEEKS, type OnboardingReport } from '../domain/onboarding-report.ts';
import { COMMAND_CHANGED } from '../views/command-changed.ts';
import { onboardingReportMessage } from '../views/onboarding-report.ts';
import {
  noOnboarding,
  onboardingIsOver,
  onboardingRefuses,
  onboardingStatus,
  resendAnswer,
  stopAnswer,
} from '../views/onboarding-status.ts';
import {
  getProgress,
  type OnboardingProgress,
  type OnboardingResult,
  onboardingsOf,
  resendTip,
  stopTips,
} from '../workflows/definitions/onboarding.ts';
import {
  ONBOARDING_REPORT,
  type OnboardingReportInput,
  startOnboardingReport,
} from '../workflows/definitions/onboarding-report.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/definitions/search-attributes.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { CommandHandler } from './feature.ts';
import { staffOnly } from './staff-only.ts';
import { runSubcommand } from './subcommands.ts';

/** How many of a member's onboardings are looked at: the newest come first. */
const PAGE = 10;

/** `/onboarding`: staff look into onboardings, and steer them. What Discord is told of it is in `views/commands`. */
export const onboardingCommand: CommandHandler = staffOnly({
  run: runSubcommand({ status, resend, stop, report }),
  complete: offerTips,
});

async function offerTips(interaction: AutocompleteInteraction, { config }: BotContext): Promise<void> {
  const typed = interaction.options.getFocused().toLowerCase();
  const tips = config.onboarding.steps.filter(({ to, name }) => to === 'dm' && name.includes(typed));
  await interaction.respond(
    tips.slice(0, DISCORD_LIMITS.offeredValues).map(({ name }) => ({ name, value: name })),
  );
}

async function status(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const memberId = memberOf(interaction);
  const found = await newestOnboarding(memberId, context);
  if (found === undefined) return noOnboarding(memberId);
  return onboardingStatus({
    memberId,
    workflowId: found.workflowId,
    namespace: context.environment.TEMPORAL_NAMESPACE,
    joinedAt: joinedAtOf(found.workflowId),
    variant: found.typedSearchAttributes.get(SEARCH_ATTRIBUTES.variant),
    ...(await standing(found, context)),
  });
}

async function resend(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const memberId = memberOf(interaction);
  const tip = interaction.options.getString('tip');
  return steer(memberId, context, async (onboarding) => {
    const sent = await onboarding.executeUpdate(resendTip, { args: [tip], updateId: interaction.id });
    return resendAnswer(memberId, sent);
  });
}

async function stop(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const memberId = memberOf(interaction);
  return steer(memberId, context, async (onboarding) =>
    stopAnswer(memberId, await onboarding.executeUpdate(stopTips, { updateId: interaction.id })),
  );
}

async function report(
  { id, options }: ChatInputCommandInteraction,
  { client, config, environment }: BotContext,
): Promise<Answer> {
  const weeks = options.getInteger('weeks') ?? DEFAULT_WEEKS;
  if (weeks < 1 || weeks > MAX_WEEKS) return COMMAND_CHANGED;
  const counted = await client.workflow.execute<(input: OnboardingReportInput) => Promise<OnboardingReport>>(
    ONBOARDING_REPORT,
    startOnboardingReport({ guildId: environment.DISCORD_GUILD_ID, weeks }, id),
  );
  return onboardingReportMessage(counted, config.onboarding.completion.goalPercent);
}

function memberOf({ options }: ChatInputCommandInteraction): MemberId {
  return toMemberId(options.getUser('member', true).id);
}

/**
 * Lets `work` steer the newest onboarding of a member. Each call has the interaction's id, so that a request that is sent
 * again counts once.
 */
async function steer(
  memberId: MemberId,
  context: BotContext,
  work: (onboarding: WorkflowHandle) => Promise<Answer>,
): Promise<Answer> {
  const found = await newestOnboarding(memberId, context);
  if (found === undefined) return noOnboarding(memberId);
  if (found.status.name !== 'RUNNING') return onboardingIsOver(memberId);
  try {
    return await work(handleOf(found, context));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return onboardingIsOver(memberId);
    if (error instanceof WorkflowUpdateFailedError)
      return onboardingRefuses(error.cause?.message ?? error.message);
    throw error;
  }
}

/** The open onboarding of a member, or else the one that ended last, as far as Temporal lists them already. */
async function newestOnboarding(
  memberId: MemberId,
  { client, environment }: BotContext,
): Promise<WorkflowExecutionInfo | undefined> {
  const query = onboardingsOf(environment.DISCORD_GUILD_ID, memberId);
  for await (const found of client.workflow.list({ query, pageSize: PAGE })) {
    // Such a one has found that another has dealt with the stay, and did nothing.
    if (found.typedSearchAttributes.get(SEARCH_ATTRIBUTES.state) !== 'already run') return found;
  }
  return undefined;
}

/** What an onboarding says of itself: while it runs, where it stands; when it is over, its result, if it came to one. */
async function standing(found: WorkflowExecutionInfo, context: BotContext) {
  const onboarding = handleOf(found, context);
  switch (found.status.name) {
    case 'RUNNING': {
      const { state, done, next, deeds }: OnboardingProgress = await onboarding.query(getProgress);
      return { state, steps: done, next, deeds };
    }
    case 'COMPLETED': {
      const { outcome, steps }: OnboardingResult = await onboarding.result();
      return { state: outcome, steps };
    }
    default:
      return { state: `ended in Temporal: ${found.status.name.toLowerCase()}`, steps: [] };
  }
}

function handleOf({ workflowId, runId }: WorkflowExecutionInfo, { client }: BotContext): WorkflowHandle {
  return client.workflow.getHandle(workflowId, runId);
}
