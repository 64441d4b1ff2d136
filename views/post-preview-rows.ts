/** What can be done with a post that is previewed: buttons, and menus of platforms. */

import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import { PLATFORM_LABELS, type Platform } from '../domain/platforms.ts';
import {
  OVERVIEW,
  type PostDraftButton,
  type PostDraftMenu,
  postDraftId,
  type SeenPost,
} from '../domain/post-draft-buttons.ts';
import type { PostPreview } from '../domain/post-previews.ts';
import { UNPUBLISHED } from '../domain/posts.ts';
import { postProblems } from './post-problems.ts';

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** For whom a preview is: what they may do with the post, and the platforms that it may go to. */
export interface PreviewReader {
  readonly isApprover: boolean;
  readonly configured: readonly Platform[];
}

/** Why it is not known yet how a post will be. */
export type NotPrepared = 'not in time' | 'Temporal is away';

/** Whether it is not known yet how a post will be. */
export function isPreparing({ post }: PostPreview, notPrepared: NotPrepared | undefined): boolean {
  return notPrepared !== undefined || post.media.some(({ state }) => state === 'waiting');
}

/** What a preview shows: one platform alone, or what is known so far. */
interface Shown {
  readonly shown?: Platform;
  readonly notPrepared?: NotPrepared | undefined;
}

/** The menus and buttons below a preview that somebody sees alone. */
export function previewRows(
  preview: PostPreview,
  { isApprover, configured }: PreviewReader,
  view: Shown,
): Row[] {
  const { post } = preview;
  if (!UNPUBLISHED.includes(post.state)) return [];
  const names = preview.platforms.map(({ adapted }) => adapted.platform);
  return [
    ...menuRow('post-look', post, 'Show how it will look on …', lookOptions(preview, view.shown)),
    ...menuRow('post-edit-for', post, 'Write it anew for one platform alone …', names.map(platformOption)),
    ...menuRow(
      'post-platforms',
      post,
      'Where it goes …',
      configured.map((platform) => ({ ...platformOption(platform), default: names.includes(platform) })),
    ),
    row(...previewButtons(preview, isApprover, isPreparing(preview, view.notPrepared))),
  ];
}

/** Those below a post that staff are asked to approve. */
export function proposalRows(preview: PostPreview): Row[] {
  const { post } = preview;
  return [
    ...menuRow('post-look', post, 'Show how it will look on …', lookOptions(preview)),
    row(
      button('post-approve', post, 'Approve', ButtonStyle.Success),
      button('post-send-back', post, 'Send back', ButtonStyle.Secondary),
      button('post-edit', post, 'Edit', ButtonStyle.Secondary),
    ),
  ];
}

function previewButtons(preview: PostPreview, isApprover: boolean, isWaiting: boolean): APIButtonComponent[] {
  const { post } = preview;
  const isScheduled = post.state === 'scheduled';
  return [
    ...(isWaiting
      ? [button('post-look-again', post, 'Look again', ButtonStyle.Primary)]
      : decisionButtons(preview, isApprover)),
    button('post-edit', post, 'Edit', ButtonStyle.Secondary),
    button('post-discard', post, isScheduled ? 'Call it off' : 'Discard', ButtonStyle.Danger),
  ];
}

/** What is missing until it goes out. Nothing is decided on that has problems. */
function decisionButtons(preview: PostPreview, isApprover: boolean): APIButtonComponent[] {
  const { post } = preview;
  const disabled = postProblems(preview).length > 0;
  if (post.state === 'scheduled' || (post.state === 'proposed' && !isApprover)) return [];
  if (!isApprover)
    return [{ ...button('post-propose', post, 'Ask for approval', ButtonStyle.Primary), disabled }];
  return [
    { ...button('post-approve', post, 'Approve', ButtonStyle.Success), disabled },
    ...(post.state === 'proposed'
      ? [button('post-send-back', post, 'Send back', ButtonStyle.Secondary)]
      : []),
  ];
}

function lookOptions({ platforms }: PostPreview, shown?: Platform): APISelectMenuOption[] {
  return [
    { label: 'All platforms', value: OVERVIEW },
    ...platforms.map(({ adapted: { platform } }) => ({
      ...platformOption(platform),
      default: platform === shown,
    })),
  ];
}

function platformOption(platform: Platform): APISelectMenuOption {
  return { label: PLATFORM_LABELS[platform], value: platform };
}

function menuRow(
  name: PostDraftMenu,
  post: SeenPost,
  placeholder: string,
  options: APISelectMenuOption[],
): Row[] {
  const menu = {
    type: ComponentType.StringSelect as const,
    custom_id: postDraftId(name, post),
    placeholder,
    ...(name === 'post-platforms' && { min_values: 1, max_values: options.length }),
    options,
  };
  return options.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: [menu] }];
}

function row(...components: APIButtonComponent[]): Row {
  return { type: ComponentType.ActionRow, components };
}

/** A button below a post that names the revision which is seen. */
export function button(
  name: PostDraftButton,
  post: SeenPost,
  label: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Success | ButtonStyle.Danger,
) {
  return { type: ComponentType.Button as const, custom_id: postDraftId(name, post), label, style };
}
