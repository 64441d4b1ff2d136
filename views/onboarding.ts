import {
  type APIEmbed,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { ChannelId } from '../domain/ids.ts';
import { type EmbedTemplate, type Stay, type StepTemplate, stopButtonId } from '../domain/onboarding.ts';
import { fillTemplate, type Placeholder, placeholdersIn } from '../domain/template.ts';
import { COLORS } from './colors.ts';
import type { MarkedMessage } from './marked-message.ts';

/** What a step's message is made with. */
export interface StepContext {
  readonly stay: Stay;
  /** What marks the message if it has an embed. */
  readonly mark: string;
  /** The addresses that texts can name. */
  readonly links: Readonly<Record<string, string>>;
  readonly stopButton: string;
  /** The channels that the step's texts name, as far as the guild has them. */
  readonly channels: ReadonlyMap<string, ChannelId>;
}

/** The names of the channels that the texts of `step` mention. */
export function channelsMentioned(step: StepTemplate): string[] {
  const { embed } = step;
  const texts = [
    step.text,
    embed?.title,
    embed?.description,
    ...(embed?.fields ?? []).flatMap((f) => [f.name, f.value]),
  ];
  return texts
    .flatMap((text) => placeholdersIn(text ?? ''))
    .filter(({ kind }) => kind === 'channel')
    .map(({ name }) => name);
}

/**
 * The message of a step. It can mention the member whom it greets and nobody else. A tip by direct message has the
 * button that stops further ones, which is its mark; a message in a channel is marked by its embed's address.
 */
export function stepMessage(step: StepTemplate, context: StepContext): MarkedMessage {
  const fill = (placeholder: Placeholder) => replacementFor(placeholder, context);
  const body: RESTPostAPIChannelMessageJSONBody = {
    content: fillTemplate(step.text, fill),
    allowed_mentions: { parse: [], users: [context.stay.memberId] },
    ...(step.embed && { embeds: [toEmbed(step.embed, context)] }),
  };
  if (step.to === 'channel') return { marker: context.mark, body };
  const customId = stopButtonId(context.stay.joinedAt, step.name);
  return { marker: customId, body: { ...body, components: [stopRow(customId, context.stopButton)] } };
}

function replacementFor(placeholder: Placeholder, { stay, links, channels }: StepContext): string {
  if (placeholder.kind === 'channel') {
    const id = channels.get(placeholder.name);
    return id === undefined ? `#${placeholder.name}` : `<#${id}>`;
  }
  if (placeholder.name === 'member') return `<@${stay.memberId}>`;
  return links[placeholder.name] ?? '';
}

function toEmbed({ title, description, color, link, fields }: EmbedTemplate, context: StepContext): APIEmbed {
  const fill = (placeholder: Placeholder) => replacementFor(placeholder, context);
  return {
    title: fillTemplate(title, fill),
    description: fillTemplate(description, fill),
    color: COLORS[color],
    url: `${fillTemplate(link, fill)}#${context.mark}`,
    fields: fields.map(({ name, value }) => ({
      name: fillTemplate(name, fill),
      value: fillTemplate(value, fill),
    })),
  };
}

function stopRow(customId: string, label: string) {
  return {
    type: ComponentType.ActionRow as const,
    components: [
      {
        type: ComponentType.Button as const,
        style: ButtonStyle.Secondary as const,
        custom_id: customId,
        label,
      },
    ],
  };
}
