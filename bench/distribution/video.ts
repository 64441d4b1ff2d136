import { videoOf } from '../../tests/support/media.ts';

/** The video of every post: a small one, so that what is measured is not how fast bytes are copied. */
export const VIDEO = videoOf('isom', 50_000);
