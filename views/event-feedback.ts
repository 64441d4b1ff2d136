/** What members read of the feedback on an event: how they are asked for it, the form, and what they are told then. */

import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { eventButtonId } from '../domain/event-buttons.ts';
import {
  BEST_RATING,
  type FeedbackAnswer,
  type FeedbackRequest,
  type FeedbackResult,
  type FeedbackSettings,
  type FeedbackTexts,
  feedbackFormId,
  RATINGS,
  type Rating,
  REMARK_LENGTH,
  REMARKS,
  type Remark,
} from '../domain/event-feedback.ts';
import type { CommunityEvent, EventId, EventSettings } from '../domain/events.ts';
import { buttonRow, eventButton, eventText } from './events.ts';
import type { MarkedMessage } from './marked-message.ts';
import { asWritten, fill, type TextContext, timestamp } from './text.ts';

/** What everybody reads in the thread of an event when it is over, and what reminds them. `until` in ms since 1970. */
export function feedbackRequest(
  which: FeedbackRequest,
  event: CommunityEvent,
  until: number,
  settings: EventSettings,
  context: TextContext,
): MarkedMessage {
  const values = { ...context.values, until: timestamp(until, 'F') };
  const text = which === 'thanks' ? 'thanks' : 'feedbackReminder';
  return {
    marker: eventButtonId('feedback', event.eventId, which),
    body: {
      content: eventText(text, event, settings, { ...context, values }),
      components: [buttonRow([eventButton('feedback', event.eventId, which)])],
      allowed_mentions: { parse: [] },
    },
  };
}

/** The form, filled in with what the member has answered before, if that is known. */
export function feedbackForm(
  eventId: EventId,
  { form }: Pick<FeedbackSettings, 'form'>,
  earlier: FeedbackAnswer | undefined,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: feedbackFormId(eventId),
    title: form.title,
    components: [
      ...RATINGS.map((rating) => ratingInput(rating, form, earlier?.ratings[rating])),
      ...REMARKS.map((remark) => remarkInput(remark, form, earlier?.[remark] ?? null)),
    ],
  };
}

function ratingInput(
  rating: Rating,
  form: FeedbackSettings['form'],
  chosen: number | undefined,
): APILabelComponent {
  const options = Array.from({ length: BEST_RATING }, (_, index) => index + 1).map((value) => ({
    label: String(value),
    value: String(value),
    default: value === chosen,
  }));
  return {
    type: ComponentType.Label,
    label: form[rating],
    component: {
      ...{ type: ComponentType.StringSelect, custom_id: rating, options, required: true },
      placeholder: form.choose,
    },
  };
}

function remarkInput(
  remark: Remark,
  form: FeedbackSettings['form'],
  written: string | null,
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: form[remark],
    component: {
      ...{ type: ComponentType.TextInput, custom_id: remark, style: TextInputStyle.Paragraph },
      ...{ required: false, max_length: REMARK_LENGTH, ...(written !== null && { value: written }) },
    },
  };
}

/** What is said of each result. */
const SAID: Readonly<Record<Exclude<FeedbackResult['kind'], 'no such event'>, keyof FeedbackTexts>> = {
  noted: 'noted',
  changed: 'changed',
  'not yet': 'notYet',
  closed: 'closed',
  'not there': 'notThere',
  'own event': 'ownEvent',
};

/** What a member is told of their answer, or undefined if there is no such event. */
export function feedbackAnswer(
  result: FeedbackResult,
  { answers }: Pick<FeedbackSettings, 'answers'>,
  context: TextContext,
): string | undefined {
  if (result.kind === 'no such event') return undefined;
  const until = 'until' in result ? { until: timestamp(result.until, 'F') } : {};
  return fill(answers[SAID[result.kind]], {
    ...context,
    values: { title: asWritten(result.title), ...until },
  });
}
