/** What organisers see of an event before it is made: the form for its words, and how it will be. */

import {
  type APIButtonComponent,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
  TextInputStyle,
} from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import {
  type DraftButton,
  draftButtonId,
  type EventWords,
  type NewEventDraft,
  type WordsProblem,
} from '../domain/event-drafts.ts';
import {
  EVENT_DESCRIPTION_LENGTH,
  EVENT_TITLE_LENGTH,
  type EventDetails,
  type EventSettings,
} from '../domain/events.ts';
import type { InteractionId } from '../domain/ids.ts';
import { detailEmbed } from './event-lists.ts';
import { cut } from './text.ts';

/** The names of the form's inputs. */
export const TITLE_INPUT = 'title';
export const DESCRIPTION_INPUT = 'description';
export const START_INPUT = 'start';

/** As people write a time. */
const START_LENGTH = 80;

type Message = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'>;

/** The form for the words of an event that is to be made, and once more for its start, with what was said so far. */
export function newEventForm(
  draftId: InteractionId,
  { title, description, start }: Pick<NewEventDraft, 'title' | 'description' | 'start'>,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: draftButtonId('event-draft', draftId),
    title: 'Plan an event',
    components: [
      ...wordInputs({ title, description }),
      input(START_INPUT, 'When it begins', TextInputStyle.Short, START_LENGTH, start.text),
    ],
  };
}

/** The form for the words of an event that is changed. */
export function wordsForm(
  draftId: InteractionId,
  words: EventWords,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: draftButtonId('event-draft', draftId),
    title: 'Change the event',
    components: wordInputs(words),
  };
}

function wordInputs({ title, description }: EventWords): APILabelComponent[] {
  return [
    input(TITLE_INPUT, 'Title', TextInputStyle.Short, EVENT_TITLE_LENGTH, title),
    input(
      DESCRIPTION_INPUT,
      'What it is about',
      TextInputStyle.Paragraph,
      EVENT_DESCRIPTION_LENGTH,
      description,
    ),
  ];
}

function input(
  name: string,
  label: string,
  style: TextInputStyle,
  longest: number,
  value: string,
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label,
    component: {
      type: ComponentType.TextInput,
      custom_id: name,
      style,
      required: true,
      min_length: 1,
      max_length: longest,
      ...(value !== '' && { value: value.slice(0, longest) }),
    },
  };
}

/**
 * How an event will be, with buttons to make it, to change what was written, and to drop it.
 *
 * @param understood its start by the clocks of whoever wrote it
 */
export function draftPreview(
  draftId: InteractionId,
  details: EventDetails,
  understood: string,
  settings: EventSettings,
): Message {
  return {
    content: [
      'This is how it will be. Nobody else sees it yet.',
      `I have understood: **${understood}**. If that is wrong, change the text, and the time with it.`,
    ].join('\n'),
    embeds: [detailEmbed(details, settings)],
    components: [
      row(
        button('event-confirm', draftId, 'Create', ButtonStyle.Success),
        button('event-reword', draftId, 'Change the text', ButtonStyle.Secondary),
        button('event-discard', draftId, 'Discard', ButtonStyle.Danger),
      ),
    ],
  };
}

/** Says why a form was not taken. A button opens it again, with what was written. */
export function formRefused(draftId: InteractionId, why: string): Message {
  return {
    content: why,
    components: [row(button('event-reword', draftId, 'Open the form again', ButtonStyle.Primary))],
  };
}

const WORDS_PROBLEMS: Readonly<Record<WordsProblem, string>> = {
  title: `The title needs something to read, in at most ${EVENT_TITLE_LENGTH} characters.`,
  description: `The description needs something to read, in at most ${EVENT_DESCRIPTION_LENGTH} characters.`,
};

/** Why words were not taken. */
export function wordsProblem(problem: WordsProblem): string {
  return WORDS_PROBLEMS[problem];
}

/** To whoever sends the form of a draft that is not there: what they have written is not lost with it. */
export function draftIsGone({ title, description }: EventWords): string {
  const said =
    'What you chose with the command is not there any more. Please use the command again; this is what you wrote:';
  return cut([said, title, description].join('\n\n'), DISCORD_LIMITS.message);
}

/** What stands in the place of a draft that was dropped. */
export const DISCARDED: Message = { content: 'Discarded. Nothing was made.' };

function row(...components: APIButtonComponent[]) {
  return { type: ComponentType.ActionRow as const, components };
}

function button(
  name: DraftButton,
  draftId: InteractionId,
  label: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Success | ButtonStyle.Danger,
): APIButtonComponent {
  return { type: ComponentType.Button, custom_id: draftButtonId(name, draftId), label, style };
}
