// Files on messages.
import type { APIAttachment, APIMessage } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icons.ts';
import { shownImage } from './images.ts';

/**
 * Draws a message's files: pictures as pictures, the rest as cards. What an embed shows is not shown a second time.
 * @param message the message
 * @returns what goes below the text
 */
export function attachmentsView({ attachments: files, embeds }: APIMessage): TemplateResult | typeof nothing {
  const embedded = new Set(embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]));
  const attachments = files.filter(({ url }) => !embedded.has(url));
  if (attachments.length === 0) return nothing;
  return html`<div slot="attachments" class="attachments">${attachments.map(attachmentView)}</div>`;
}

function attachmentView(attachment: APIAttachment): TemplateResult {
  const address = shownImage(attachment.url);
  if (address && attachment.content_type?.startsWith('image/')) {
    const label = attachment.description ?? attachment.filename;
    return html`<a href=${address} target="_blank" rel="noopener"><img class="attachment-image" src=${address} alt=${label} /></a>`;
  }
  const name = address
    ? html`<a href=${address} target="_blank" rel="noopener" download=${attachment.filename}>${attachment.filename}</a>`
    : attachment.filename;
  return html`
    <div class="attachment-file">
      ${icon('file')}
      <span><span class="attachment-name">${name}</span><small>${fileSize(attachment.size)}</small></span>
    </div>
  `;
}

/**
 * Writes a size.
 * @param bytes the size
 * @returns for instance "12 KB"
 */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
