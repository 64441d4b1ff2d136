/** Reads what a request carries: JSON, or multipart with `payload_json` and files. */

import type { FastifyRequest } from 'fastify';
import { maximumFileBytes, type UploadedFile } from '../actions/attachments.ts';
import { DiscordError } from '../rules/errors.ts';
import { formError } from '../rules/form.ts';
import { parseJson } from '../rules/json.ts';

export interface RequestContent {
  type: Exchangeable;
  body: unknown;
  files: UploadedFile[];
}

type Exchangeable = 'json' | 'multipart' | null;

/**
 * The body and files of a request.
 * @throws DiscordError 50109 for broken JSON, 40005 for files that are too large
 */
export async function readContent(request: FastifyRequest): Promise<RequestContent> {
  if (request.isMultipart()) return readMultipart(request);
  const raw = request.body;
  if (!Buffer.isBuffer(raw) || raw.length === 0) return { type: null, body: undefined, files: [] };
  return { type: 'json', body: readJson(raw.toString('utf8')), files: [] };
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new DiscordError('invalidJson');
  }
}

async function readMultipart(request: FastifyRequest): Promise<RequestContent> {
  const files: UploadedFile[] = [];
  const fields: Record<string, unknown> = {};
  let payload: unknown;
  try {
    for await (const part of request.parts({
      limits: { fileSize: maximumFileBytes, files: 11, parts: 100 },
    })) {
      if (part.type === 'file') {
        const content = await part.toBuffer();
        files.push({
          index: Number(/^files\[(\d+)\]$/.exec(part.fieldname)?.[1] ?? files.length),
          filename: part.filename || 'file',
          contentType: part.mimetype || 'application/octet-stream',
          content,
        });
      } else if (part.fieldname === 'payload_json') payload = readJson(String(part.value));
      else fields[part.fieldname] = part.value;
    }
  } catch (error) {
    throw multipartError(error);
  }
  return { type: 'multipart', body: payload ?? fields, files };
}

function multipartError(error: unknown): DiscordError {
  if (error instanceof DiscordError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new DiscordError('entityTooLarge');
  return formError([], 'CONTENT_TYPE_INVALID', 'The multipart body could not be read.');
}
