// Embeds.
import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { type MarkdownContext, markdown, safeAddress } from '../text/markdown.ts';
import { cssColor } from '../text/names.ts';
import { messageTime } from '../text/times.ts';
import { shownImage } from './images.ts';

/** The library looks words of titles up here to draw them as emoji; an ordinary object would know "constructor". */
const NO_EMOJI: object = Object.create(null);

/**
 * Draws an embed.
 * @param embed the embed
 * @param context for whom
 * @returns the embed
 */
export function embedView(embed: APIEmbed, context: MarkdownContext): TemplateResult {
  const color = embed.color === undefined ? nothing : cssColor(embed.color);
  return html`
    <discord-embed
      slot="embeds"
      color=${color}
      .embedEmojisMap=${NO_EMOJI}
      embed-title=${embed.title ?? nothing}
      url=${safeAddress(embed.url) ?? nothing}
      author-name=${embed.author?.name ?? nothing}
      author-url=${safeAddress(embed.author?.url) ?? nothing}
      author-image=${shownImage(embed.author?.icon_url) ?? nothing}
      provider=${embed.provider?.name ?? nothing}
      image=${shownImage(embed.image?.url) ?? nothing}
      thumbnail=${shownImage(embed.thumbnail?.url) ?? nothing}
    >
      ${
        embed.description
          ? html`<discord-embed-description slot="description"
              >${markdown(embed.description, context)}</discord-embed-description
            >`
          : nothing
      }
      ${embed.fields?.length ? fieldsView(embed.fields, context) : nothing} ${footerView(embed, context)}
    </discord-embed>
  `;
}

function fieldsView(fields: APIEmbedField[], context: MarkdownContext): TemplateResult {
  const positions = inlinePositions(fields);
  return html`
    <discord-embed-fields slot="fields">
      ${fields.map(
        (field, index) => html`
          <discord-embed-field
            field-title=${field.name}
            ?inline=${field.inline ?? false}
            inline-index=${positions[index] ?? nothing}
            .embedFieldEmojisMap=${NO_EMOJI}
            >${markdown(field.value, context)}</discord-embed-field
          >
        `,
      )}
    </discord-embed-fields>
  `;
}

/** Up to three inline fields in succession stand side by side. */
function inlinePositions(fields: APIEmbedField[]): (number | null)[] {
  let position = 0;
  return fields.map((field) => {
    position = field.inline ? (position % 3) + 1 : 0;
    return position || null;
  });
}

function footerView(embed: APIEmbed, context: MarkdownContext): TemplateResult | typeof nothing {
  if (!embed.footer && !embed.timestamp) return nothing;
  const time = embed.timestamp ? messageTime(embed.timestamp, context.now) : '';
  const separator = embed.footer && time ? ' • ' : '';
  return html`
    <discord-embed-footer slot="footer" footer-image=${shownImage(embed.footer?.icon_url) ?? nothing} footer-image-alt=""
      >${embed.footer?.text ?? ''}${separator}${time}</discord-embed-footer
    >
  `;
}
