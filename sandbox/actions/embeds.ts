/** What the server adds to an embed that it was sent. */

import type { APIEmbed } from 'discord-api-types/v10';
import type { MessageForm } from '../rules/message-form.ts';

type SentEmbed = NonNullable<MessageForm['embeds']>[number];

/** The embed as it comes back: its type, and where clients load its pictures from. */
export function withServerFields(embed: SentEmbed): APIEmbed {
  const { image, thumbnail, footer, author, fields, ...plain } = embed;
  const view = {
    ...plain,
    type: 'rich',
    image: image && { ...image, proxy_url: image.url, width: 0, height: 0 },
    thumbnail: thumbnail && { ...thumbnail, proxy_url: thumbnail.url, width: 0, height: 0 },
    footer: footer && withoutAbsent({ ...footer, proxy_icon_url: footer.icon_url }),
    author: author && withoutAbsent({ ...author, proxy_icon_url: author.icon_url }),
    fields: fields?.map((field) => ({ ...field, inline: field.inline ?? false })),
  };
  return withoutAbsent(view) as APIEmbed;
}

function withoutAbsent<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
