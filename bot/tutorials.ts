import type { ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import { completeTutorial, takeBackCompletion } from '../database/tutorial-completions.ts';
import { decideTutorial, findTutorial } from '../database/tutorials.ts';
import { createdAt, type InteractionId, toMemberId } from '../domain/ids.ts';
import {
  type CompletionResult,
  parseDeclineFormId,
  parseTutorialButtonId,
  REASON_LENGTH,
  type TutorialButton,
  type TutorialPlace,
  type TutorialTexts,
} from '../domain/tutorials.ts';
import { TUTORIAL_COMMAND } from '../views/commands/tutorials.ts';
import { asWritten, fill } from '../views/text.ts';
import { decisionAnswer, declineForm, REASON_INPUT } from '../views/tutorial-answers.ts';
import { tutorialButtonRow } from '../views/tutorials.ts';
import { type Answer, answer } from './answer.ts';
import { textContext } from './channels.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { ifStaff } from './staff-only.ts';
import { tutorialCommand } from './tutorial-commands.ts';

/** What is done with a tutorial by whoever presses one of its buttons. */
type Press = (interaction: ButtonInteraction, place: TutorialPlace, context: BotContext) => Promise<void>;

const PRESSES: Readonly<Record<TutorialButton, Press>> = {
  approve: (interaction, place, context) =>
    ifStaff(interaction, context, () =>
      answer(interaction, context, () => approve(interaction, place, context)),
    ),
  decline: (interaction, { tutorialId }, context) =>
    ifStaff(interaction, context, () => interaction.showModal(declineForm(tutorialId))),
  done: (interaction, place, context) =>
    answer(interaction, context, () => noteDone(interaction, place, context)),
  undo: (interaction, place, context) =>
    answer(interaction, context, () => takeBack(interaction, place, context)),
};

/** Staff decide on a tutorial by the buttons below it; members note by another that they have done it. */
export const tutorials: BotFeature = {
  use(interaction, context) {
    const pressed = parseTutorialButtonId(interaction.customId);
    if (pressed === undefined || !interaction.isButton()) return undefined;
    return PRESSES[pressed.button](interaction, placeOf(pressed.tutorialId, context), context);
  },

  submit(interaction, context) {
    const tutorialId = parseDeclineFormId(interaction.customId);
    if (tutorialId === undefined) return undefined;
    return ifStaff(interaction, context, () =>
      answer(interaction, context, () => decline(interaction, placeOf(tutorialId, context), context)),
    );
  },

  commands: { [TUTORIAL_COMMAND.name]: tutorialCommand },
};

function placeOf(tutorialId: InteractionId, { environment }: BotContext): TutorialPlace {
  return { guildId: environment.DISCORD_GUILD_ID, tutorialId };
}

async function approve(
  { id, user }: ButtonInteraction,
  place: TutorialPlace,
  { database }: BotContext,
): Promise<Answer> {
  const decision = { verdict: 'approved', staffId: toMemberId(user.id) } as const;
  return decisionAnswer('approved', await decideTutorial(database.em, place, decision, createdAt(id)));
}

async function decline(
  { id, user, fields }: ModalSubmitInteraction,
  place: TutorialPlace,
  { config, database }: BotContext,
): Promise<Answer> {
  const reason = fields.getTextInputValue(REASON_INPUT).trim();
  if (reason === '' || reason.length > REASON_LENGTH) return config.answers.outdated;
  const decision = { verdict: 'declined', staffId: toMemberId(user.id) } as const;
  return decisionAnswer(
    'declined',
    await decideTutorial(database.em, place, decision, createdAt(id), reason),
  );
}

async function noteDone(
  interaction: ButtonInteraction,
  place: TutorialPlace,
  context: BotContext,
): Promise<Answer> {
  const { user, id } = interaction;
  const result = await completeTutorial(context.database.em, place, toMemberId(user.id), createdAt(id));
  return completionAnswer(result, interaction, place, context);
}

async function takeBack(
  interaction: ButtonInteraction,
  place: TutorialPlace,
  context: BotContext,
): Promise<Answer> {
  const result = await takeBackCompletion(context.database.em, place, toMemberId(interaction.user.id));
  return completionAnswer(result, interaction, place, context);
}

/** What is said of each result. */
const SAID: Readonly<Record<Exclude<CompletionResult, 'no such tutorial'>, keyof TutorialTexts>> = {
  noted: 'done',
  'noted already': 'doneAlready',
  'taken back': 'undone',
  'own tutorial': 'ownTutorial',
};

async function completionAnswer(
  result: CompletionResult,
  { client }: ButtonInteraction,
  place: TutorialPlace,
  context: BotContext,
): Promise<Answer> {
  const { config, database } = context;
  const tutorial = await findTutorial(database.em.fork(), place);
  if (result === 'no such tutorial' || tutorial === undefined) return config.answers.outdated;
  const { texts, undoButton } = config.recognition.tutorials;
  const text = texts[SAID[result]];
  const content = fill(text, {
    ...textContext(client, context, text),
    values: { title: asWritten(tutorial.title) },
  });
  const canUndo = result === 'noted' || result === 'noted already';
  return canUndo ? { content, components: [tutorialButtonRow('undo', tutorial, undoButton)] } : content;
}
