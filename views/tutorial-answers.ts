/** Answers about tutorials. What staff read are the tool's words; members' are configured. */

import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { InteractionId } from '../domain/ids.ts';
import {
  type Completions,
  completionPercent,
  type DecisionResult,
  declineFormId,
  REASON_LENGTH,
  type RemovalResult,
  type Tutorial,
  type TutorialPage,
  type TutorialSettings,
  type TutorialStatistics,
  type Verdict,
} from '../domain/tutorials.ts';
import { COLORS } from './colors.ts';
import { asWritten, fill, mention, type TextContext, timestamp } from './text.ts';

/** The name of the form's input. */
export const REASON_INPUT = 'reason';

const NO_SUCH_TUTORIAL = 'There is no such tutorial. Choose one from those that are offered while you type.';

type Message = Pick<RESTPostAPIChannelMessageJSONBody, 'embeds'>;

/** The form in which staff say why they decline a tutorial. */
export function declineForm(tutorialId: InteractionId): APIModalInteractionResponseCallbackData {
  return {
    custom_id: declineFormId(tutorialId),
    title: 'Decline the tutorial',
    components: [
      {
        type: ComponentType.Label,
        label: 'Why? Its author is told',
        component: {
          type: ComponentType.TextInput,
          custom_id: REASON_INPUT,
          style: TextInputStyle.Paragraph,
          min_length: 1,
          max_length: REASON_LENGTH,
          required: true,
        },
      },
    ],
  };
}

/** What staff are told of what they have decided. */
export function decisionAnswer(verdict: Verdict, result: DecisionResult): string {
  switch (result.kind) {
    case 'decided':
      return verdict === 'approved'
        ? 'Approved. It is published now, and its author gets the points.'
        : 'Declined. It stays out of the list.';
    case 'decided before':
      return result.staffId === null
        ? 'It was given up before: nobody had decided in time. Its author can add it again.'
        : `${mention(result.staffId)} has ${result.state} it already.`;
    case 'own tutorial':
      return 'It is your own tutorial: somebody else of the staff has to decide.';
    case 'no such tutorial':
      return NO_SUCH_TUTORIAL;
  }
}

/** What staff are told of taking a tutorial off the list. */
export function removalAnswer(result: RemovalResult): string {
  switch (result) {
    case 'removed':
      return 'Taken off the list. Its points stay: `/recognition reverse` takes them back.';
    case 'not in the list':
      return 'It is not in the list.';
    case 'no such tutorial':
      return NO_SUCH_TUTORIAL;
  }
}

/** A page of the tutorials that members can do. */
export function tutorialList(
  { tutorials, page, pages, activeMembers }: TutorialPage,
  { texts }: TutorialSettings,
  context: TextContext,
): Message {
  const entry = (tutorial: Tutorial & Completions) => {
    const values = {
      member: mention(tutorial.authorId),
      completions: String(tutorial.completions),
      percent: String(completionPercent(tutorial.byActive, activeMembers)),
    };
    return `**${linkTo(tutorial)}**\n${fill(texts.listEntry, { ...context, values })}`;
  };
  const description = tutorials.map(entry).join('\n') || fill(texts.listEmpty, context);
  const footer = pages === 1 ? {} : { footer: { text: `${page} / ${pages}` } };
  return { embeds: [{ title: texts.listTitle, color: COLORS.blue, description, ...footer }] };
}

/** What staff see of all tutorials. */
export function tutorialStatisticsMessage(statistics: TutorialStatistics): Message {
  const { counts, completions, membersWhoDidOne, waiting } = statistics;
  const lines = [
    `**${counts.approved}** approved · **${counts.waiting}** waiting · ${counts.declined} declined · ${counts.expired} given up · ${counts.removed} taken off`,
    `Done **${completions}** times, by ${membersWhoDidOne} different members`,
    ...(waiting.length === 0 ? [] : ['', '__Waiting, the oldest first__']),
  ];
  const entries = waiting.slice(0, SHOWN_WAITING).map((tutorial) => {
    return `- ${linkTo(tutorial)}, by ${mention(tutorial.authorId)}, added ${timestamp(tutorial.submittedAt, 'R')}`;
  });
  return {
    embeds: [{ title: 'Tutorials', color: COLORS.blue, description: [...lines, ...entries].join('\n') }],
  };
}

/** So many go into one embed, however long their titles and links are. */
const SHOWN_WAITING = 4;

function linkTo({ title, link }: Tutorial): string {
  return `[${asWritten(title)}](${link})`;
}
