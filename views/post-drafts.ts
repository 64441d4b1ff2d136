/** The forms in which staff write posts, and what they are told when one is not taken. */

import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
  TextInputStyle,
} from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import type { InteractionId } from '../domain/ids.ts';
import { PLATFORM_LABELS } from '../domain/platforms.ts';
import { postFormId, postReopenId } from '../domain/post-draft-buttons.ts';
import {
  HASHTAGS_LENGTH,
  POST_TEXT_LENGTH,
  POST_TITLE_LENGTH,
  type PostDraft,
  type TypedWords,
} from '../domain/post-drafts.ts';
import { cut } from './text.ts';

/** The names of the form's inputs. */
export const POST_TITLE_INPUT = 'title';
export const POST_TEXT_INPUT = 'text';
export const POST_HASHTAGS_INPUT = 'hashtags';
export const POST_TIME_INPUT = 'time';

/** As people write a time. */
const TIME_LENGTH = 80;

type Message = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'components'>;

/** The form for a draft, with what was written so far. The time is in it where it can be changed. */
export function postForm(draftId: InteractionId, draft: PostDraft): APIModalInteractionResponseCallbackData {
  const { title, text, hashtags } = draft;
  return {
    custom_id: postFormId(draftId),
    title: formTitle(draft),
    components: [
      input(POST_TITLE_INPUT, 'Title', title, { longest: POST_TITLE_LENGTH }),
      input(POST_TEXT_INPUT, 'Text', text, { longest: POST_TEXT_LENGTH, style: TextInputStyle.Paragraph }),
      input(POST_HASHTAGS_INPUT, 'Hashtags, in their order', hashtags, {
        longest: HASHTAGS_LENGTH,
        isOptional: true,
      }),
      ...timeInput(draft),
    ],
  };
}

function formTitle(draft: PostDraft): string {
  if (draft.for === 'new post') return 'Write a post';
  return draft.platform === null ? 'Change the post' : `Words for ${PLATFORM_LABELS[draft.platform]} alone`;
}

function timeInput(draft: PostDraft): APILabelComponent[] {
  if (draft.for === 'change' && draft.known === null) return [];
  const label = 'When it goes out; empty: when approved';
  return [input(POST_TIME_INPUT, label, draft.time, { longest: TIME_LENGTH, isOptional: true })];
}

function input(
  name: string,
  label: string,
  value: string,
  kind: { readonly longest: number; readonly style?: TextInputStyle; readonly isOptional?: boolean },
): APILabelComponent {
  const { longest, style = TextInputStyle.Short, isOptional = false } = kind;
  return {
    type: ComponentType.Label,
    label,
    component: {
      type: ComponentType.TextInput,
      custom_id: name,
      style,
      required: !isOptional,
      max_length: longest,
      ...(!isOptional && { min_length: 1 }),
      ...(value !== '' && { value: value.slice(0, longest) }),
    },
  };
}

/** Says why a form was not taken. A button opens it again, with what was written. */
export function postFormRefused(draftId: InteractionId, why: string): Message {
  return {
    content: why,
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            custom_id: postReopenId(draftId),
            label: 'Open the form again',
            style: ButtonStyle.Primary,
          },
        ],
      },
    ],
  };
}

/** To whoever sends the form of a draft that is not there: what they have written is not lost with it. */
export function postDraftIsGone({ title, text, hashtags }: TypedWords): string {
  const said =
    'What you chose before is not there any more. Please use the command again; this is what you wrote:';
  return cut([said, title, text, hashtags].join('\n\n'), DISCORD_LIMITS.message);
}
