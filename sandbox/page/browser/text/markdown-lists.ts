// Lists, the one part of Discord's markdown that the library leaves out.
import type { SimpleMarkdown } from 'discord-markdown-parser';

type Rule = Parameters<typeof SimpleMarkdown.parserFor>[0][string];

const ITEM = /^( *)([-*]|\d{1,9}\.) +(\S.*)$/;
const LIST = /^(?: *(?:[-*]|\d{1,9}\.) +\S[^\n]*(?:\n|$))+/;
const ORDERED = /^ *\d/;
const AT_LINE_START = /(?:^|\n)$/;
const DEEPEST = 10;

/** The rule for the library's parser: ordered and unordered lists, nested by indentation. */
export const listRule: Rule = {
  // Before emphasis, whose asterisk would take that of an item.
  order: 5,
  match: (source, state, previous) =>
    AT_LINE_START.test(previous ?? '') && (state.listDepth ?? 0) < DEEPEST ? firstList(source) : null,
  parse: (capture, parse, state) => {
    const lines = (capture[0] ?? '').replace(/\n$/, '').split('\n');
    const first = ITEM.exec(lines[0] ?? '');
    const indent = first?.[1]?.length ?? 0;
    const nested = { ...state, listDepth: (state.listDepth ?? 0) + 1 };
    return {
      type: 'list',
      ordered: /\d/.test(first?.[2] ?? ''),
      start: Number.parseInt(first?.[2] ?? '1', 10) || 1,
      items: itemTexts(lines, indent).map((text) => parse(text, nested)),
    };
  },
};

/** A list ends where, as far in as its first item, another kind of list begins. */
function firstList(source: string): RegExpExecArray | null {
  const found = LIST.exec(source);
  if (!found) return null;
  const lines = found[0].split(/(?<=\n)/);
  const [first = ''] = lines;
  const end = lines.findIndex(
    (line) => indentOf(line) <= indentOf(first) && ORDERED.test(line) !== ORDERED.test(first),
  );
  if (end > 0) found[0] = lines.slice(0, end).join('');
  return found;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** An item is its own line without the mark, and the deeper lines after it, which are a list again. */
function itemTexts(lines: string[], indent: number): string[] {
  const items: string[][] = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (!item) continue;
    const deeper = (item[1]?.length ?? 0) > indent;
    const last = items.at(-1);
    if (deeper && last) last.push(line);
    else items.push([item[3] ?? '']);
  }
  return items.map((item) => item.join('\n'));
}
