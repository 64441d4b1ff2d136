/** Files of messages. */

import type { APIAttachment, Snowflake } from 'discord-api-types/v10';
import { formError } from '../rules/form.ts';
import type { MessageForm } from '../rules/message-form.ts';
import type { MessageRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';

/** A file as it came: `index` is the n of its field `files[n]`. */
export interface UploadedFile {
  index: number;
  filename: string;
  contentType: string;
  content: Buffer;
}

/** Bytes in one file of somebody without a subscription (Discord docs, "Uploading Files"). */
export const maximumFileBytes = 10 * 1024 * 1024;
const maximumFiles = 10;

/**
 * Keeps the files and describes them.
 * @throws DiscordError 50035 for too many
 */
export function keepAttachments(
  world: World,
  channelId: Snowflake,
  files: UploadedFile[],
  described: NonNullable<MessageForm['attachments']>,
): APIAttachment[] {
  if (files.length > maximumFiles)
    throw formError(
      ['attachments'],
      'BASE_TYPE_BAD_LENGTH',
      `Must be between 0 and ${maximumFiles} in length.`,
    );
  return files.map((file) => {
    const description = described.find(({ id }) => id === String(file.index));
    const filename = safeFilename(description?.filename ?? file.filename);
    const id = world.newId();
    world.files.set(id, { filename, contentType: file.contentType, base64: file.content.toString('base64') });
    const url = `${world.publicUrl}/attachments/${channelId}/${id}/${encodeURIComponent(filename)}`;
    return {
      id,
      filename,
      size: file.content.length,
      url,
      proxy_url: url,
      content_type: file.contentType,
      ...(description?.description === undefined ? {} : { description: description.description }),
      ...(description?.title === undefined ? {} : { title: description.title }),
    };
  });
}

function safeFilename(name: string): string {
  const safe = name.replaceAll(/[^\w.-]+/g, '_').replaceAll(/^\.+/g, '');
  return safe === '' ? 'file' : safe.slice(-100);
}

type Media = { url: string; proxy_url?: string };

/** Lets `attachment://name` in embeds and components point to the message's own files. */
export function resolveAttachmentUrls(message: MessageRecord): void {
  if (message.attachments.length === 0) return;
  const urls = new Map(message.attachments.map((file) => [`attachment://${file.filename}`, file.url]));
  visitMedia([message.embeds, message.components], (media) => {
    const url = urls.get(media.url);
    if (url === undefined) return;
    media.url = url;
    media.proxy_url = url;
  });
}

function visitMedia(value: unknown, visit: (media: Media) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('url' in value && typeof value.url === 'string') visit(value as Media);
  for (const nested of Object.values(value)) visitMedia(nested, visit);
}
