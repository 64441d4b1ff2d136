// Files on messages.
import type { APIAttachment } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';
import { shownImage } from './images.ts';

/**
 * Draws a message's files: pictures as pictures, the rest as cards.
 * @param attachments the files
 * @returns what goes below the text
 */
export function attachmentsView(attachments: APIAttachment[]): TemplateResult {
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
