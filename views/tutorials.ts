/** What is said of a tutorial in channels and to its author. What staff read are the tool's words; members' are configured. */

import {
  type APIButtonComponent,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { EmbedColor } from '../domain/embed.ts';
import {
  type Tutorial,
  type TutorialButton,
  type TutorialSettings,
  type TutorialState,
  type TutorialTexts,
  tutorialButtonId,
} from '../domain/tutorials.ts';
import { COLORS } from './colors.ts';
import { markedEmbed } from './embed.ts';
import type { MarkedMessage } from './marked-message.ts';
import { asWritten, fill, mention, type TextContext, timestamp } from './text.ts';

const NOBODY = { parse: [] };

/** How a review looks, by where its tutorial stands. */
const REVIEW: Readonly<Record<TutorialState, { readonly color: EmbedColor; readonly headline: string }>> = {
  waiting: { color: 'blue', headline: 'A tutorial to look at' },
  approved: { color: 'green', headline: 'Approved' },
  declined: { color: 'red', headline: 'Declined' },
  expired: { color: 'grey', headline: 'Given up: nobody has decided in time' },
  removed: { color: 'red', headline: 'Taken off the list' },
};

/** What the author is told, by where a tutorial stands. */
const TO_AUTHOR: Readonly<Partial<Record<TutorialState, keyof TutorialTexts>>> = {
  declined: 'declined',
  expired: 'expired',
  removed: 'takenOff',
};

/**
 * What staff are asked, with the buttons to decide.
 *
 * @param number which of the messages that ask this it is: the second one reminds
 */
export function reviewMessage(tutorial: Tutorial, number: number): MarkedMessage {
  const approve = tutorialButtonId('approve', tutorial.tutorialId, number);
  const decline = tutorialButtonId('decline', tutorial.tutorialId, number);
  const buttons: APIButtonComponent[] = [
    { type: ComponentType.Button, style: ButtonStyle.Success, custom_id: approve, label: 'Approve' },
    { type: ComponentType.Button, style: ButtonStyle.Danger, custom_id: decline, label: 'Decline' },
  ];
  const { headline } = REVIEW.waiting;
  return {
    marker: approve,
    body: {
      content: number > 1 ? `${headline}, which still waits` : headline,
      embeds: [reviewEmbed(tutorial)],
      components: [{ type: ComponentType.ActionRow, components: buttons }],
      allowed_mentions: NOBODY,
    },
  };
}

/** What stands there when staff have decided, or nobody has. */
export function closedReview(tutorial: Tutorial): RESTPostAPIChannelMessageJSONBody {
  return {
    content: REVIEW[tutorial.state].headline,
    embeds: [reviewEmbed(tutorial)],
    components: [],
    allowed_mentions: NOBODY,
  };
}

function reviewEmbed(tutorial: Tutorial): APIEmbed {
  const { authorId, submittedAt, state, staffId, decidedAt, quality, reason } = tutorial;
  const lines = [
    ['Author', mention(authorId)],
    ['Added', timestamp(submittedAt, 'R')],
    ...(staffId === null ? [] : [['Decided by', mention(staffId)]]),
    ...(decidedAt === null ? [] : [['Decided', timestamp(decidedAt, 'R')]]),
    ...(quality === null ? [] : [['Quality', `${quality} of 5`]]),
  ].map(([name = '', value = '']) => ({ name, value, inline: true }));
  const because = reason === null ? [] : [{ name: 'Reason', value: asWritten(reason) }];
  return { ...tutorialEmbed(tutorial, REVIEW[state].color), fields: [...lines, ...because] };
}

/** An approved tutorial, as members find it. It notifies the author and nobody else. */
export function publishedTutorial(
  tutorial: Tutorial,
  completions: number,
  { doneButton, texts }: TutorialSettings,
  context: TextContext,
): MarkedMessage {
  const { authorId, tutorialId } = tutorial;
  const values = { member: mention(authorId), completions: String(completions) };
  const marker = tutorialButtonId('done', tutorialId);
  return {
    marker,
    body: {
      content: fill(texts.published, { ...context, values }),
      embeds: [
        {
          ...tutorialEmbed(tutorial, 'gold'),
          footer: { text: fill(texts.completions, { ...context, values }) },
        },
      ],
      components: [tutorialButtonRow('done', tutorial, doneButton)],
      allowed_mentions: { parse: [], users: [authorId] },
    },
  };
}

/** What stands in its place when staff have taken it off the list. It leads nowhere, and nobody can say that they have done it. */
export function removedTutorial(
  { title }: Pick<Tutorial, 'title'>,
  { texts }: TutorialSettings,
  context: TextContext,
): RESTPostAPIChannelMessageJSONBody {
  return {
    content: fill(texts.removed, context),
    embeds: [{ title: asWritten(title), color: COLORS.grey }],
    components: [],
    allowed_mentions: NOBODY,
  };
}

/** What the author is told of a tutorial that was not taken, or was taken off the list. */
export function notTakenMessage(
  tutorial: Tutorial,
  { link, texts }: TutorialSettings,
  mark: string,
  context: TextContext,
): MarkedMessage {
  const values = { title: asWritten(tutorial.title), reason: asWritten(tutorial.reason ?? '') };
  const template = {
    color: 'grey',
    title: tutorial.title,
    link,
    description: texts[TO_AUTHOR[tutorial.state] ?? 'expired'],
    fields: [],
  } as const;
  const embed = markedEmbed(template, mark, { ...context, values });
  return {
    marker: mark,
    body: { embeds: [{ ...embed, title: asWritten(tutorial.title) }], allowed_mentions: NOBODY },
  };
}

/** A row with one button of a tutorial. */
export function tutorialButtonRow(
  button: TutorialButton,
  { tutorialId }: Pick<Tutorial, 'tutorialId'>,
  label: string,
) {
  return {
    type: ComponentType.ActionRow as const,
    components: [
      {
        type: ComponentType.Button as const,
        style: ButtonStyle.Secondary as const,
        custom_id: tutorialButtonId(button, tutorialId),
        label,
      },
    ],
  };
}

function tutorialEmbed({ title, description, link }: Tutorial, color: EmbedColor): APIEmbed {
  return {
    title: asWritten(title),
    url: link,
    color: COLORS[color],
    ...(description !== null && { description: asWritten(description) }),
  };
}
