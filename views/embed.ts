import type { APIEmbed } from 'discord-api-types/v10';
import type { EmbedTemplate } from '../domain/embed.ts';
import { COLORS } from './colors.ts';
import { fill, type TextContext } from './text.ts';

/** An embed of the configuration as Discord takes it. */
export function toEmbed(template: EmbedTemplate, context: TextContext): APIEmbed {
  const { title, description, color, link, fields } = template;
  return {
    title: fill(title, context),
    description: fill(description, context),
    color: COLORS[color],
    url: fill(link, context),
    fields: fields.map(({ name, value }) => ({ name: fill(name, context), value: fill(value, context) })),
  };
}

/** The same, with `mark` at the end of its address, by which the message is found again: see `MarkedMessage`. */
export function markedEmbed(template: EmbedTemplate, mark: string, context: TextContext): APIEmbed {
  const embed = toEmbed(template, context);
  return { ...embed, url: `${embed.url}#${mark}` };
}
