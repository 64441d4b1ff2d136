// Discord's markdown. The library makes a tree of the text; this draws the tree with Lit, which puts every word in
// as text, so that nothing that anybody writes can become markup.
import { parse as parseWithoutLists, rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';
import { html, nothing, type TemplateResult } from 'lit';
import type { Guild } from '../store/state.ts';
import { listRule } from './markdown-lists.ts';
import { channelById, channelKind, channelName, cssColor, nameOf } from './names.ts';
import { fullDate, timestampText } from './times.ts';

/** What text is drawn for. */
export interface MarkdownContext {
  guild: Guild;
  /** The member who looks: their own mentions stand out. */
  memberId: string;
  /** ms since 1970. */
  now: number;
  /** Called when a mention of a user is clicked. */
  onUser?: (userId: string, event: Event) => void;
  /** Called when a mention of a channel is clicked. */
  onChannel?: (channelId: string) => void;
}

/** A node of the tree, with the fields that one of its rules gives it. */
interface MarkdownNode {
  type: string;
  content?: string | MarkdownNode[];
  target?: string;
  id?: string;
  name?: string;
  lang?: string;
  level?: number;
  timestamp?: string;
  format?: string;
  ordered?: boolean;
  start?: number;
  items?: MarkdownNode[][];
}

type Drawn = TemplateResult | string | typeof nothing;

const parser = SimpleMarkdown.parserFor({ ...rulesExtended, list: listRule });
const LONGEST = 8_000;

/**
 * Draws a text as Discord does.
 * @param text what somebody wrote
 * @param context for whom
 * @returns what to put on the page
 */
export function markdown(text: string, context: MarkdownContext): Drawn[] {
  return drawAll(parseText(text), context);
}

function parseText(text: string): MarkdownNode[] {
  try {
    return parser(text.slice(0, LONGEST), { inline: true }) as MarkdownNode[];
  } catch {
    // Marks nested by the hundred overflow the parser; they are shown as they were written.
    return [{ type: 'text', content: text }];
  }
}

/**
 * Says whether a text is nothing but emoji, which Discord shows large.
 * @param text a message's content
 * @returns whether to show it large
 */
export function isOnlyEmoji(text: string): boolean {
  const nodes = parseWithoutLists(text).filter(
    (node) => node.type !== 'text' || String(node.content).trim() !== '',
  );
  return (
    nodes.length > 0 &&
    nodes.length <= 27 &&
    nodes.every(({ type }) => type === 'twemoji' || type === 'emoji')
  );
}

function drawAll(nodes: MarkdownNode[], context: MarkdownContext): Drawn[] {
  return withoutEmptyLines(nodes).map((node) => (DRAWINGS[node.type] ?? drawText)(node, context));
}

const BLOCKS = new Set(['codeBlock', 'blockQuote', 'list']);

/** The line break that ends a block would show as an empty line, since a block ends its line by itself. */
function withoutEmptyLines(nodes: MarkdownNode[]): MarkdownNode[] {
  return nodes.filter((node, index) => node.type !== 'br' || !BLOCKS.has(nodes[index - 1]?.type ?? ''));
}

type Drawing = (node: MarkdownNode, context: MarkdownContext) => Drawn;

const inner = (node: MarkdownNode, context: MarkdownContext): Drawn[] =>
  Array.isArray(node.content) ? drawAll(node.content, context) : [node.content ?? ''];

const textOf = (node: MarkdownNode): string => (typeof node.content === 'string' ? node.content : '');

const drawText: Drawing = (node, context) =>
  Array.isArray(node.content) ? html`${drawAll(node.content, context)}` : (node.content ?? '');

const DRAWINGS: Record<string, Drawing> = {
  text: drawText,
  escape: drawText,
  emoticon: drawText,
  newline: () => html`<br />`,
  br: () => html`<br />`,
  strong: (node, context) => html`<strong>${inner(node, context)}</strong>`,
  em: (node, context) => html`<em>${inner(node, context)}</em>`,
  underline: (node, context) => html`<u>${inner(node, context)}</u>`,
  strikethrough: (node, context) => html`<s>${inner(node, context)}</s>`,
  subtext: (node, context) => html`<small class="subtext">${inner(node, context)}</small>`,
  inlineCode: (node) => html`<code class="inline-code">${textOf(node)}</code>`,
  codeBlock: (node) => html`<pre class="code-block"><code>${textOf(node)}</code></pre>`,
  blockQuote: (node, context) => html`<blockquote>${inner(node, context)}</blockquote>`,
  heading: drawHeading,
  list: drawList,
  spoiler: drawSpoiler,
  url: drawLink,
  autolink: drawLink,
  link: drawLink,
  user: drawUser,
  role: drawRole,
  channel: drawChannel,
  everyone: () => html`<discord-mention type="user">everyone</discord-mention>`,
  here: () => html`<discord-mention type="user">here</discord-mention>`,
  slashCommand: (node) => html`<discord-mention type="slash">${node.name ?? textOf(node)}</discord-mention>`,
  guildNavigation: (node) => html`<discord-mention type="channel">${node.id ?? ''}</discord-mention>`,
  emoji: (node) => html`<span class="custom-emoji" title=":${node.name}:">:${node.name}:</span>`,
  twemoji: (node) => html`<span class="emoji">${node.name ?? textOf(node)}</span>`,
  timestamp: (node, context) => {
    const seconds = Number(node.timestamp);
    return html`<discord-time title=${safeDate(seconds)}>${timestampText(seconds, node.format, context.now)}</discord-time>`;
  },
};

function safeDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '' : fullDate(date.toISOString());
}

function drawHeading(node: MarkdownNode, context: MarkdownContext): Drawn {
  const content = inner(node, context);
  // Real headings of messages would drown those of the page in a screen reader's list.
  return html`<span class="heading heading-${node.level ?? 1}" role="heading" aria-level="${(node.level ?? 1) + 3}"
    >${content}</span
  >`;
}

function drawList(node: MarkdownNode, context: MarkdownContext): Drawn {
  const items = (node.items ?? []).map((item) => html`<li>${drawAll(item, context)}</li>`);
  return node.ordered ? html`<ol start=${node.start ?? 1}>${items}</ol>` : html`<ul>${items}</ul>`;
}

function drawSpoiler(node: MarkdownNode, context: MarkdownContext): Drawn {
  const reveal = (event: Event) => {
    const spoiler = event.currentTarget as HTMLElement;
    spoiler.classList.add('revealed');
    spoiler.setAttribute('aria-expanded', 'true');
  };
  return html`<span class="spoiler" role="button" tabindex="0" aria-label="Spoiler" aria-expanded="false"
    @click=${reveal} @keydown=${(event: KeyboardEvent) => (event.key === 'Enter' || event.key === ' ') && reveal(event)}
    ><span>${inner(node, context)}</span></span
  >`;
}

function drawLink(node: MarkdownNode, context: MarkdownContext): Drawn {
  const address = safeAddress(node.target);
  const content = inner(node, context);
  if (!address) return html`${content}`;
  return html`<a href=${address} target="_blank" rel="noopener noreferrer" title=${address}>${content}</a>`;
}

/**
 * Lets only addresses through that a link may lead to.
 * @param target an address from a message
 * @returns the address, or null for anything but http and https
 */
export function safeAddress(target: string | null | undefined): string | null {
  if (!target || !URL.canParse(target)) return null;
  const { protocol } = new URL(target);
  return protocol === 'http:' || protocol === 'https:' ? target : null;
}

function drawUser(node: MarkdownNode, context: MarkdownContext): Drawn {
  const id = node.id ?? '';
  return html`<discord-mention type="user" ?highlight=${id === context.memberId}
    role="button" tabindex="0"
    @click=${(event: Event) => context.onUser?.(id, event)}
    @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && context.onUser?.(id, event)}
    >${nameOf(context.guild, id)}</discord-mention
  >`;
}

function drawRole(node: MarkdownNode, context: MarkdownContext): Drawn {
  const role = context.guild.roles.get(node.id ?? '');
  if (!role) return html`<discord-mention type="role">unknown-role</discord-mention>`;
  const color = role.color ? cssColor(role.color) : nothing;
  return html`<discord-mention type="role" color=${color}>${role.name.replace(/^@/, '')}</discord-mention>`;
}

const MENTION_TYPES: Partial<Record<ReturnType<typeof channelKind>, string>> = {
  voice: 'voice',
  stage: 'voice',
  thread: 'thread',
  forum: 'forum',
};

function drawChannel(node: MarkdownNode, context: MarkdownContext): Drawn {
  const id = node.id ?? '';
  const channel = channelById(context.guild, id);
  const type = MENTION_TYPES[channelKind(channel)] ?? 'channel';
  return html`<discord-mention type=${type} role="link" tabindex="0"
    @click=${() => context.onChannel?.(id)}
    @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && context.onChannel?.(id)}
    >${channelName(context.guild, id)}</discord-mention
  >`;
}
