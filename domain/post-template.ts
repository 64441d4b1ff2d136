/** Templates of posts: what is empty goes with its line. */

import { fillTemplate, placeholdersIn } from './template.ts';

/** What a template can name. */
const POST_PLACEHOLDERS = ['title', 'text', 'link', 'hashtags'] as const;
type PostPlaceholder = (typeof POST_PLACEHOLDERS)[number];

/** What stands for each. Empty: there is none. */
export type PostParts = Readonly<Record<PostPlaceholder, string>>;

/**
 * `template` with `parts` filled in. A line goes in which all that it names is empty; in others, what is empty goes with a space beside
 * it. Lines that are empty from the beginning part what stands above from what stands below: no two of them follow each other.
 */
export function fillPost(template: string, parts: PostParts): string {
  const lines: string[] = [];
  for (const line of template.split('\n')) {
    const filled = fillLine(line, parts);
    const isGap = filled === '';
    if (filled !== undefined && !(isGap && (lines.length === 0 || lines.at(-1) === ''))) lines.push(filled);
  }
  if (lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

/** Undefined if the line goes. */
function fillLine(line: string, parts: PostParts): string | undefined {
  const named = placeholdersIn(line)
    .map(({ name }) => name)
    .filter(isPostPlaceholder);
  const empty = named.filter((name) => parts[name] === '');
  if (named.length > 0 && empty.length === named.length) return undefined;
  const left = empty.reduce((rest, name) => rest.replace(new RegExp(` ?\\{${name}\\}`, 'g'), ''), line);
  return fillTemplate(left.trim(), ({ name }) => (isPostPlaceholder(name) ? parts[name] : `{${name}}`));
}

/** Whether a template of posts can name it. */
export function isPostPlaceholder(name: string): name is PostPlaceholder {
  return (POST_PLACEHOLDERS as readonly string[]).includes(name);
}
