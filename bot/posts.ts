import type { ButtonInteraction, StringSelectMenuInteraction } from 'discord.js';
import { type FailedAttempt, type PostButton, parsePostButtonId } from '../domain/post-buttons.ts';
import { parsePostCalendarId } from '../domain/post-calendar.ts';
import {
  type PostDraftButton,
  type PostDraftMenu,
  parsePostDraftButton,
  parsePostDraftMenu,
  parsePostFormId,
  parsePostReopenId,
  type SeenPost,
} from '../domain/post-draft-buttons.ts';
import { parsePostListId } from '../domain/post-lists.ts';
import { POST_COMMAND } from '../views/commands/posts.ts';
import { update } from './answer.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { showMonth } from './post-calendar.ts';
import { editAndRetry, editForOne, editSeen } from './post-changes.ts';
import { postCommand, showPosts } from './post-commands.ts';
import { decideByButton } from './post-decisions.ts';
import { reopenForm, submitPostForm } from './post-drafts.ts';
import { approve, choosePlatforms, discard, lookAgain, lookAt, propose, sendBack } from './post-previews.ts';

/** Authors write posts for several platforms, approvers let them go out and repair them. */
export const posts: BotFeature = {
  use(interaction, context) {
    return interaction.isButton() ? press(interaction, context) : choose(interaction, context);
  },

  submit(interaction, context) {
    const draftId = parsePostFormId(interaction.customId);
    return draftId === undefined ? undefined : submitPostForm(interaction, draftId, context);
  },

  commands: { [POST_COMMAND.name]: postCommand },
};

function press(interaction: ButtonInteraction, context: BotContext): Promise<void> | undefined {
  const { customId } = interaction;
  const ofDraft = parsePostDraftButton(customId);
  if (ofDraft !== undefined) return DRAFT_BUTTONS[ofDraft.button](interaction, ofDraft, context);
  const ofFailure = parsePostButtonId(customId);
  if (ofFailure !== undefined) return FAILURE_BUTTONS[ofFailure.button](interaction, ofFailure, context);
  const refused = parsePostReopenId(customId);
  if (refused !== undefined) return reopenForm(interaction, refused, context);
  const page = parsePostListId(customId);
  if (page !== undefined) return update(interaction, context, () => showPosts(interaction, page, context));
  const month = parsePostCalendarId(customId);
  if (month === undefined) return undefined;
  return update(interaction, context, () => showMonth(interaction, month, context));
}

function choose(interaction: StringSelectMenuInteraction, context: BotContext): Promise<void> | undefined {
  const chosen = parsePostDraftMenu(interaction.customId);
  return chosen === undefined ? undefined : MENUS[chosen.menu](interaction, chosen, context);
}

const DRAFT_BUTTONS: Readonly<
  Record<
    PostDraftButton,
    (interaction: ButtonInteraction, seen: SeenPost, context: BotContext) => Promise<void>
  >
> = {
  'post-approve': approve,
  'post-propose': propose,
  'post-send-back': sendBack,
  'post-edit': editSeen,
  'post-discard': discard,
  'post-look-again': lookAgain,
};

const FAILURE_BUTTONS: Readonly<
  Record<
    PostButton,
    (interaction: ButtonInteraction, failure: FailedAttempt, context: BotContext) => Promise<void>
  >
> = {
  'post-retry': (interaction, failure, context) => decideByButton(interaction, failure, 'retry', context),
  'post-edit-retry': editAndRetry,
  'post-skip': (interaction, failure, context) => decideByButton(interaction, failure, 'skip', context),
};

const MENUS: Readonly<
  Record<
    PostDraftMenu,
    (interaction: StringSelectMenuInteraction, seen: SeenPost, context: BotContext) => Promise<void>
  >
> = {
  'post-look': lookAt,
  'post-edit-for': editForOne,
  'post-platforms': choosePlatforms,
};
