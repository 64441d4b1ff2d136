/** Which media of a post a platform takes. */

import type { PlatformRules } from './distribution.ts';
import type { Platform } from './platforms.ts';
import type { MediaInfo, MediaKind } from './posts.ts';

const MIB = 1024 * 1024;

/** What a platform itself takes, whatever is configured. */
interface MediaLimits {
  /** By their content. */
  readonly types: readonly string[];
  /** The kinds of which one is all that a post can have. */
  readonly alone: readonly MediaKind[];
  readonly mostBytes: { readonly [Kind in MediaKind]?: number };
}

const PICTURES = ['image/png', 'image/jpeg'] as const;
const VIDEOS = ['video/mp4', 'video/quicktime', 'video/webm'] as const;
const DOCUMENTS = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
] as const;

/** Behind each is where its platform's documentation says so. */
const MEDIA_LIMITS: Readonly<Record<Platform, MediaLimits>> = {
  /** "Uploading Files", for a server that nobody has boosted. */
  discord: {
    types: [...PICTURES, 'image/webp', 'image/gif', ...VIDEOS, ...DOCUMENTS],
    alone: [],
    mostBytes: { image: 10 * MIB, gif: 10 * MIB, video: 10 * MIB, document: 10 * MIB },
  },
  /** "Media best practices": four pictures, or one GIF, or one video. */
  x: {
    types: [...PICTURES, 'image/webp', 'image/gif', ...VIDEOS],
    alone: ['gif', 'video'],
    mostBytes: { image: 5 * MIB, gif: 15 * MIB, video: 512 * MIB },
  },
  /** "Images API", "Videos API", "Documents API"; "MultiImage API" takes pictures alone. */
  linkedin: {
    types: [...PICTURES, 'image/gif', 'video/mp4', ...DOCUMENTS],
    alone: ['gif', 'video', 'document'],
    mostBytes: { video: 500_000_000, document: 100_000_000 },
  },
  /** "Videos: insert": more than we ever fetch. */
  youtube: { types: VIDEOS, alone: ['video'], mostBytes: {} },
  /** Its API takes no files. */
  github: { types: [], alone: [], mostBytes: {} },
};

/** What becomes of the media of a post on a platform. */
export interface ChosenMedia {
  readonly kept: readonly MediaInfo[];
  readonly leftOut: readonly MediaInfo[];
  /** Of those that are kept, which the platform would refuse, with the most that it takes. */
  readonly tooLarge: readonly { readonly medium: MediaInfo; readonly mostBytes: number }[];
}

/** Keeps the first of the media that the platform takes and that go together. */
export function chooseMedia(
  platform: Platform,
  media: readonly MediaInfo[],
  rules: Pick<PlatformRules, 'media' | 'mostMedia'>,
): ChosenMedia {
  const { types, alone, mostBytes } = MEDIA_LIMITS[platform];
  const taken = media.filter(({ kind, type }) => rules.media.includes(kind) && types.includes(type));
  const isAlone = ({ kind }: MediaInfo) => alone.includes(kind);
  const [first] = taken;
  const together = first && isAlone(first) ? [first] : taken.filter((medium) => !isAlone(medium));
  const kept = together.slice(0, rules.mostMedia);
  return {
    kept,
    leftOut: media.filter((medium) => !kept.includes(medium)),
    tooLarge: kept.flatMap((medium) => {
      const most = mostBytes[medium.kind];
      return most !== undefined && medium.bytes > most ? [{ medium, mostBytes: most }] : [];
    }),
  };
}

const NAME_LENGTH = 60;

/** How a file is called that came from `source`, with the ending of its type: letters, digits, - and _ alone, as every platform takes them. */
export function mediaName(source: string, ending: string): string {
  const path = URL.parse(source)?.pathname ?? '';
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const plain = decoded(stem)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-');
  const name = plain.replace(/^-+/, '').slice(0, NAME_LENGTH).replace(/-+$/, '');
  return `${name || 'medium'}.${ending}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
