import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import type { MemberId } from '../domain/ids.ts';
import { type ClosedDmSettings, type StepTemplate, stopButtonId, type Visit } from '../domain/onboarding.ts';
import { markedEmbed, toEmbed } from './embed.ts';
import type { MarkedMessage } from './marked-message.ts';
import { fill, type TextContext } from './text.ts';

/** A row of buttons, or a menu, under a message. */
export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What a step's message is made with. */
export interface StepContext extends TextContext {
  readonly visit: Visit;
  /** What marks the message if it has an embed. */
  readonly mark: string;
  readonly stopButton: string;
  /** What the member can choose from under the message. */
  readonly offer: readonly Row[];
  /** What tells the message from the first one when it is sent again: digits. */
  readonly again?: string | undefined;
}

/**
 * The message of a step. It can mention the member whom it greets and nobody else. A tip by direct message has the
 * button that stops further ones, which is its mark; a message in a channel is marked by its embed's address.
 */
export function stepMessage(step: StepTemplate, context: StepContext): MarkedMessage {
  const { visit, mark, stopButton, offer, again } = context;
  const body = {
    content: fill(step.text, context),
    allowed_mentions: { parse: [], users: [visit.memberId] },
  };
  if (step.to === 'channel') {
    return { marker: mark, body: { ...body, embeds: [markedEmbed(step.embed, mark, context)] } };
  }
  const customId = stopButtonId(visit.visitBegan, step.name, again);
  return {
    marker: customId,
    body: {
      ...body,
      ...(step.embed && { embeds: [toEmbed(step.embed, context)] }),
      components: [...offer, stopRow(customId, stopButton)],
    },
  };
}

/** All tips in one message, for a member who takes no direct messages. */
export function guidanceMessage(
  place: ClosedDmSettings,
  steps: readonly StepTemplate[],
  context: TextContext & { readonly member: MemberId; readonly mark: string; readonly offer: readonly Row[] },
): MarkedMessage {
  const embed = {
    title: place.title,
    link: place.link,
    description: steps.map(({ text }) => text).join('\n\n'),
    color: 'blue',
    fields: [],
  } as const;
  return {
    marker: context.mark,
    body: {
      content: fill(place.text, context),
      embeds: [markedEmbed(embed, context.mark, context)],
      components: [...context.offer],
      allowed_mentions: { parse: [], users: [context.member] },
    },
  };
}

function stopRow(customId: string, label: string): Row {
  return {
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.Button, style: ButtonStyle.Secondary, custom_id: customId, label }],
  };
}
