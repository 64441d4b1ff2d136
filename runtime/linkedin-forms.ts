/** The forms of what LinkedIn answers, as far as we read it. */

import { z } from 'zod';

export const posted = z.object({
  id: z.string(),
  commentary: z.string().default(''),
  createdAt: z.number(),
  lastModifiedAt: z.number(),
});
/** A post as LinkedIn tells of it: the commentary in little text, times in ms since 1970. */
export type LinkedinPost = z.output<typeof posted>;

export const list = z.object({ elements: z.array(posted) });

export const upload = z
  .object({
    value: z.object({
      image: z.string().optional(),
      video: z.string().optional(),
      document: z.string().optional(),
      uploadUrl: z.string().optional(),
      uploadToken: z.string().default(''),
      uploadInstructions: z
        .array(z.object({ uploadUrl: z.string(), firstByte: z.int(), lastByte: z.int() }))
        .default([]),
    }),
  })
  .transform(({ value: { image, video, document, ...value } }) => ({
    urn: image ?? video ?? document ?? '',
    ...value,
  }));
/** Where the bytes of a medium go: pictures and documents to one address, a video in parts. */
export type LinkedinUpload = z.output<typeof upload>;

export const progress = z.object({
  status: z.enum(['WAITING_UPLOAD', 'PROCESSING', 'PROCESSING_FAILED', 'AVAILABLE']),
});
export type LinkedinMediaStatus = z.output<typeof progress>['status'];

export const roles = z.object({ elements: z.array(z.object({ organization: z.string() })) });
export const organization = z.object({ localizedName: z.string() });

/** Several things by their URNs, and why of some there is none. */
export const batch = z.object({
  results: z.record(z.string(), z.unknown()),
  errors: z.record(z.string(), z.object({ status: z.int().optional() })).default({}),
});

const count = z.number().optional();
export const statistics = z.object({
  elements: z.array(
    z.object({
      share: z.string().optional(),
      ugcPost: z.string().optional(),
      totalShareStatistics: z.object({
        impressionCount: count,
        uniqueImpressionsCount: count,
        likeCount: count,
        shareCount: count,
        commentCount: count,
        clickCount: count,
      }),
    }),
  ),
});
/** How often a post was shown, and to how many, and what they did: since it was published. */
export type LinkedinStatistics = z.output<typeof statistics>['elements'][number]['totalShareStatistics'];
