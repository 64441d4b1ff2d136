/** What a file is, by what is in it. What its name or its sender say of it may be wrong. */

import { type FileTypeResult, fileTypeFromFile } from 'file-type';
import { imageSizeFromFile } from 'image-size/fromFile';
import type { MediaKind } from '../domain/posts.ts';

/** What platforms take, by type, with the kind that each is of. */
const KINDS: Readonly<Record<string, MediaKind>> = {
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/webp': 'image',
  'image/gif': 'gif',
  'video/mp4': 'video',
  'video/quicktime': 'video',
  'video/webm': 'video',
  'application/pdf': 'document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'document',
};

/** What a file is. */
export type MediaType =
  | {
      readonly kind: 'known';
      readonly medium: MediaKind;
      readonly type: string;
      /** That of its name, without a dot. */
      readonly ending: string;
      /** In pixels, where known. */
      readonly width: number | null;
      readonly height: number | null;
    }
  /** Undefined: nobody knows. */
  | { readonly kind: 'other'; readonly type: string | undefined };

/** Looks into a file. */
export async function readMediaType(file: string): Promise<MediaType> {
  const found = asUsed(await fileTypeFromFile(file).catch(() => undefined));
  const medium = KINDS[found?.mime ?? ''];
  if (found === undefined || medium === undefined) return { kind: 'other', type: found?.mime };
  const size = medium === 'image' || medium === 'gif' ? await readSize(file) : undefined;
  const { width = null, height = null } = size ?? {};
  return { kind: 'known', medium, type: found.mime, ending: found.ext, width, height };
}

/** A PNG that moves is a PNG to all who do not know of that; Apple's name for a video is another one for MP4. */
function asUsed(found: FileTypeResult | undefined): FileTypeResult | undefined {
  if (found?.mime === 'image/apng') return { mime: 'image/png', ext: 'png' };
  if (found?.mime === 'video/x-m4v') return { mime: 'video/mp4', ext: 'mp4' };
  return found;
}

async function readSize(file: string): Promise<{ width: number; height: number } | undefined> {
  return imageSizeFromFile(file).catch(() => undefined);
}
