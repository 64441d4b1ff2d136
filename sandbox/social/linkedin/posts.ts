/** The posts of LinkedIn's page: how they are taken, shown, changed and deleted. */

import { z } from 'zod';
import type { PlatformServices, Refusal, SocialPost } from '../stand-in.ts';
import { duplicateOf, invalid, mediaNotReady, missing, NOT_ALLOWED, notFound, tooLong } from './errors.ts';
import { readCommentary } from './little-text.ts';
import type { LinkedinMedia, Medium } from './media.ts';
import { organizationUrn } from './people.ts';

const LONGEST_COMMENTARY = 3_000;
/** How long the same again is refused, even after the first was deleted. */
const DUPLICATE_MS = 86_400_000;

const media = z.object({ id: z.string(), title: z.string().optional(), altText: z.string().optional() });

const content = z
  .object({
    media: media.optional(),
    multiImage: z.object({ images: z.array(media).min(2).max(20) }).optional(),
  })
  .default({});

const newPost = z.object({
  author: z.string(),
  commentary: z.string(),
  visibility: z.enum(['PUBLIC', 'CONNECTIONS', 'LOGGED_IN']),
  distribution: z.object({ feedDistribution: z.enum(['MAIN_FEED', 'NONE']) }),
  lifecycleState: z.enum(['PUBLISHED', 'DRAFT']),
  content,
  isReshareDisabledByAuthor: z.boolean().default(false),
});
type NewPost = z.output<typeof newPost>;

/** What LinkedIn keeps of a post beyond its text. */
interface Kept extends Record<string, unknown> {
  commentary: string;
  lastModifiedAt: number;
  readonly asked: Omit<NewPost, 'commentary'>;
}

const keptOf = ({ more }: SocialPost) => more as Kept;

/** Publishes what `body` says, if it can be. */
export function createPost(
  services: PlatformServices,
  uploads: LinkedinMedia,
  body: unknown,
): SocialPost | Refusal {
  const { data, error } = newPost.safeParse(body);
  if (data === undefined) return refusalOfForm(error);
  const { commentary, ...asked } = data;
  if (asked.author !== organizationUrn(services)) return NOT_ALLOWED;
  if (commentary.length > LONGEST_COMMENTARY)
    return tooLong('commentary', commentary.length, LONGEST_COMMENTARY);
  const named = mediaNamed(asked.content).map(({ id }) => ({ id, medium: uploads.find(id) }));
  for (const { id, medium } of named)
    if (medium?.status !== 'AVAILABLE') return mediaNotReady(id, medium?.status ?? 'NOT_FOUND');
  const found = named.flatMap(({ medium }) => medium ?? []);
  const read = readCommentary(commentary);
  if (read.text.trim() === '' && found.length === 0) return missing('commentary');
  const earlier = sameAs(services, read.text, found);
  if (earlier !== undefined) return duplicateOf(earlier.id);
  return addPost(services, read, asked, found);
}

function addPost(
  services: PlatformServices,
  { text, commentary }: ReturnType<typeof readCommentary>,
  asked: Kept['asked'],
  found: readonly Medium[],
): SocialPost {
  const isUgc = found.length > 1 || found.some(({ kind }) => kind === 'video');
  const id = `urn:li:${isUgc ? 'ugcPost' : 'share'}:7${String(services.newNumber()).padStart(18, '0')}`;
  const kept: Kept = { commentary, lastModifiedAt: services.now(), asked };
  const post: SocialPost = {
    id,
    url: `${services.url()}/feed/update/${id}/`,
    accountId: services.account.id,
    title: asked.content.media?.title ?? '',
    text,
    media: found.map(({ kind, bytes, digest }) => ({ kind, bytes, digest })),
    at: services.now(),
    edits: 0,
    isDeleted: false,
    more: kept,
  };
  services.posts.push(post);
  services.save();
  return post;
}

/** Writes another commentary below a post. */
export function changeCommentary(services: PlatformServices, post: SocialPost, little: string): void {
  const { text, commentary } = readCommentary(little);
  post.text = text;
  post.edits += 1;
  Object.assign(keptOf(post), { commentary, lastModifiedAt: services.now() });
  services.save();
}

/** A post that is there. */
export function findPost({ posts }: PlatformServices, id: string): SocialPost | undefined {
  return posts.find((post) => post.id === id && !post.isDeleted);
}

/** By what lists can be sorted, newest first. */
export const SORTED_BY = {
  LAST_MODIFIED: (post: SocialPost) => keptOf(post).lastModifiedAt,
  CREATED: ({ at }: SocialPost) => at,
} as const;

/** A post as LinkedIn shows it to programs. */
export function postView(post: SocialPost): object {
  const { commentary, lastModifiedAt, asked } = keptOf(post);
  return {
    id: post.id,
    author: asked.author,
    commentary,
    visibility: asked.visibility,
    lifecycleState: asked.lifecycleState,
    lifecycleStateInfo: { isEditedByAuthor: post.edits > 0 },
    distribution: { ...asked.distribution, thirdPartyDistributionChannels: [] },
    content: asked.content,
    createdAt: post.at,
    publishedAt: post.at,
    lastModifiedAt,
    isReshareDisabledByAuthor: asked.isReshareDisabledByAuthor,
  };
}

/** Several posts, by their URNs, with what is to be said of those that are not there. */
export function batchView(services: PlatformServices, urns: readonly string[]): object {
  const found = urns.map((urn) => findPost(services, urn)).filter((post) => post !== undefined);
  const missing = urns.filter((urn) => findPost(services, urn) === undefined);
  return {
    results: Object.fromEntries(found.map((post) => [post.id, postView(post)])),
    statuses: Object.fromEntries([
      ...found.map(({ id }) => [id, 200] as const),
      ...missing.map((urn) => [urn, 404] as const),
    ]),
    errors: Object.fromEntries(missing.map((urn) => [urn, notFound(urn).body])),
  };
}

const mediaNamed = ({ media, multiImage }: NewPost['content']) =>
  multiImage?.images ?? (media ? [media] : []);

/** The post of the last day that says the same with the same media. */
function sameAs(
  { posts, now }: PlatformServices,
  text: string,
  found: readonly Medium[],
): SocialPost | undefined {
  const digests = (media: readonly { readonly digest: string }[]) => media.map(({ digest }) => digest).join();
  return posts.find(
    (post) => post.at > now() - DUPLICATE_MS && post.text === text && digests(post.media) === digests(found),
  );
}

function refusalOfForm({ issues }: z.ZodError): Refusal {
  const [{ path = [], code = '', message = '' } = {}] = issues;
  const field = path.join('/');
  return code === 'invalid_type' && message.includes('undefined') ? missing(field) : invalid(field, message);
}
