import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { describePath, type Path, type PathStep, stepsOf } from './path.ts';
import { type CommunityConfig, communitySchema } from './schema.ts';

/** The configuration that comes with the code. */
export const COMMUNITY_FILE = fileURLToPath(new URL('community.yaml', import.meta.url));

/** What is laid over it for trying out. */
export const DEMO_FILE = fileURLToPath(new URL('demo.yaml', import.meta.url));

/** The configuration cannot be used. The message has a line for each thing that is wrong, and where it is. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

interface SourceFile {
  readonly name: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/**
 * Reads the configuration: the first file, with the others laid over it in turn. Maps are merged key by key, lists
 * of named items by their names; everything else is replaced.
 *
 * @throws ConfigError if a file cannot be read or if what it says is not allowed
 */
export async function loadConfig(files: readonly string[]): Promise<CommunityConfig> {
  const sources = await Promise.all(files.map(readSource));
  const merged = sources.map(({ document }) => document.toJS() as unknown).reduce(layOver);
  const result = communitySchema.safeParse(merged, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue, sources, merged));
  throw new ConfigError(problems.sort(new Intl.Collator('en', { numeric: true }).compare));
}

async function readSource(file: string): Promise<SourceFile> {
  const name = relative(process.cwd(), file);
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError([`${name}: cannot be read (${error.code}): check that it is there`]);
  });
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map((error) => `${name}:${lines.linePos(error.pos[0]).line}: ${error.message}`),
    );
  }
  return { name, document, lines };
}

/** `over` laid over `base`. */
function layOver(base: unknown, over: unknown): unknown {
  if (isNamedList(base) && isNamedList(over)) {
    const names = [...new Set([...base, ...over].map(({ name }) => name))];
    return names.map((name) =>
      layOver(
        base.find((item) => item.name === name),
        over.find((item) => item.name === name),
      ),
    );
  }
  if (isRecord(base) && isRecord(over)) {
    const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])];
    return Object.fromEntries(keys.map((key) => [key, layOver(base[key], over[key])]));
  }
  return over === undefined ? base : over;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNamedList(value: unknown): value is { name: string }[] {
  return (
    Array.isArray(value) &&
    value.every((item) => isRecord(item) && typeof item.name === 'string') &&
    new Set(value.map((item) => item.name)).size === value.length
  );
}

function describeIssue(issue: z.core.$ZodIssue, sources: readonly SourceFile[], merged: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const where = locate([...issue.path, key], sources, merged);
      return `${where}: unknown key "${key}": check its spelling, or remove it`;
    });
  }
  return [
    `${locate(issue.path, sources, merged)}: ${describePath(issue.path, merged)}: ${expectation(issue)}`,
  ];
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return `is missing: expected a ${issue.expected}`;
  if (issue.code === 'invalid_type')
    return `expected a ${issue.expected}, found ${JSON.stringify(issue.input)}`;
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.map(String).join(', ')}`;
  return issue.message;
}

/** The file and line that has the last word on `path`; if no file says anything on it, the place around it. */
function locate(path: Path, sources: readonly SourceFile[], merged: unknown): string {
  const steps = stepsOf(path, merged);
  for (let length = steps.length; length >= 0; length -= 1) {
    for (const source of [...sources].reverse()) {
      const node =
        length === 0 ? source.document.contents : find(source.document.contents, steps.slice(0, length));
      if (node?.range) return `${source.name}:${source.lines.linePos(node.range[0]).line}`;
    }
  }
  return sources[0]?.name ?? 'configuration';
}

function find(root: Node | null, steps: readonly PathStep[]): Node | null {
  let node: Node | null = root;
  for (const [position, step] of steps.entries()) {
    const last = position === steps.length - 1;
    if ('key' in step && isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step.key);
      node = ((last ? pair?.key : pair?.value) as Node | null | undefined) ?? null;
    } else if ('index' in step && isSeq(node)) {
      node = itemOf(node.items as Node[], step);
    } else {
      return null;
    }
  }
  return node;
}

function itemOf(
  items: readonly Node[],
  { index, name }: { index: number; name: string | undefined },
): Node | null {
  const byName = items.find((item) => name !== undefined && isMap(item) && item.get('name') === name);
  return byName ?? items[index] ?? null;
}
