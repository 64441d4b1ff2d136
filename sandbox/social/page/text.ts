/** Texts of posts as HTML. */

import { toHtml } from '../html.ts';

const LINKS =
  /(?<url>https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]])|(?<![\p{L}\p{N}_&/])(?<tag>[#@][\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*)/gu;
const LONGEST_ADDRESS = 34;

/** A text with its addresses as links, and hashtags and names as people see them. */
export function richText(text: string): string {
  let html = '';
  let end = 0;
  for (const found of text.matchAll(LINKS)) {
    html += toHtml(text.slice(end, found.index));
    html += found.groups?.url === undefined ? tag(found[0]) : link(found[0]);
    end = found.index + found[0].length;
  }
  return html + toHtml(text.slice(end));
}

/** A text of which only the beginning shows, the rest when somebody asks for it. */
export function foldedText(text: string, shown: number): string {
  const cut = text.length <= shown ? -1 : text.slice(0, shown).search(/\s\S*$/);
  if (cut <= 0) return `<p class="text">${richText(text)}</p>`;
  return `<p class="text">${richText(text.slice(0, cut))}</p>
    <details class="more"><summary><span class="closed">…see more</span><span class="open">see less</span></summary>
    <p class="text">${richText(text.slice(cut).trimStart())}</p></details>`;
}

/** An address without what nobody reads of it. */
function link(url: string): string {
  const bare = url.replace(/^https?:\/\/(www\.)?/, '');
  const shown = bare.length > LONGEST_ADDRESS ? `${bare.slice(0, LONGEST_ADDRESS)}…` : bare;
  return `<a href="${toHtml(url)}" rel="noreferrer">${toHtml(shown)}</a>`;
}

const tag = (text: string) => `<span class="tag">${toHtml(text)}</span>`;
