/** A local YouTube, and a publisher for it. */

import { randomBytes } from 'node:crypto';
import type { Publisher, PublisherTools, PublishOrder } from '../../activities/platforms/publisher.ts';
import { connectYoutube } from '../../activities/platforms/youtube.ts';
import type { PlatformSettings } from '../../domain/distribution.ts';
import type { Published, PublishOutcome } from '../../domain/platforms.ts';
import { platformAddresses } from '../../runtime/platform-addresses.ts';
import type { Fault, FaultRule, PublishedPost } from '../../sandbox/social/control.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { consent } from './consent.ts';
import {
  mediaSource,
  memoryUploads,
  type OrderDetails,
  publisherTools,
  publishOrder,
} from './publish-order.ts';

/** Three parts: two whole ones, and the last. */
export const VIDEO = randomBytes(10 * 1024 * 1024 + 123);
const SHORT_VIDEO = randomBytes(1_000);
const SETTINGS = { privacy: 'public', categoryId: '27' } as PlatformSettings['youtube'];

type YoutubePublisher = Publisher & Required<Pick<Publisher, 'upload' | 'edit'>>;

export class YoutubeScene {
  readonly platforms: LocalPlatforms;
  /** What is known of uploads: it outlasts a process, as the ledger does. */
  readonly uploads = memoryUploads();
  accessToken = '';
  readonly #clock: { time: number };

  constructor(platforms: LocalPlatforms, clock: { time: number }) {
    this.platforms = platforms;
    this.#clock = clock;
  }

  /** The clock of both sides, in ms since 1970. */
  get time(): number {
    return this.#clock.time;
  }

  set time(time: number) {
    this.#clock.time = time;
  }

  async consentAgain(): Promise<void> {
    this.accessToken = (await consent(this.platforms, 'youtube')).access_token;
  }

  /** Another publisher each time, as in another process. */
  youtube(): YoutubePublisher {
    const { youtube: address } = platformAddresses({ PLATFORMS_URL: this.platforms.url });
    const access = { accessToken: this.accessToken, accountId: 'UC1', accountName: 'TiXL' };
    const publisher = connectYoutube(address, SETTINGS)(access);
    const { upload, edit } = publisher;
    if (upload === undefined || edit === undefined) throw new Error('YouTube takes uploads and edits');
    return { ...publisher, upload, edit };
  }

  orderOf(details: OrderDetails = {}): PublishOrder {
    return publishOrder('youtube', { media: [mediaSource(VIDEO)], firstTriedAt: this.time, ...details });
  }

  /** An order whose video is one part. */
  shortOrder(details: OrderDetails = {}): PublishOrder {
    return this.orderOf({ media: [mediaSource(SHORT_VIDEO)], ...details });
  }

  toolsWith(tools: Partial<PublisherTools> = {}, patienceMs?: number): PublisherTools {
    return publisherTools({ uploads: this.uploads, now: () => this.time, ...tools }, patienceMs);
  }

  async posts(): Promise<PublishedPost[]> {
    return (await this.platforms.control.getPosts({ platform: 'youtube' })).posts;
  }

  /** Lets the next request fail that is about this. */
  async fail(on: FaultRule['on'], fault: Fault): Promise<void> {
    await this.platforms.control.setFaults({ rules: [{ platform: 'youtube', on, times: 1, fault }] });
  }

  /** How often something was asked, by method and what it is about. */
  async countRequests(method: string, kind: FaultRule['on']): Promise<number> {
    const { requests } = await this.platforms.control.getRequests({});
    return requests.filter((one) => one.method === method && one.kind === kind).length;
  }
}

export async function startYoutubeScene(): Promise<YoutubeScene> {
  const clock = { time: Date.now() };
  const scene = new YoutubeScene(await startLocalPlatforms({ now: () => clock.time }), clock);
  await scene.consentAgain();
  return scene;
}

export function published(outcome: PublishOutcome): Published {
  if (outcome.kind !== 'published') throw new Error(`it is ${JSON.stringify(outcome)}`);
  return outcome;
}
