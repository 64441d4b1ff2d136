/** The Dockerfile, as far as the tests look into it. */

import { readFileSync } from 'node:fs';
import { fromProject } from './project.ts';

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The instructions of each stage, the final one last (Docker's "Dockerfile reference", "Format"). */
export function readStages(): Instruction[][] {
  const text = readFileSync(fromProject('Dockerfile'), 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ');
  const stages: Instruction[][] = [];
  for (const line of text.split('\n').filter((line) => line.trim() !== '')) {
    const [name = '', ...rest] = line.trim().split(/\s+/);
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, text: rest.join(' ') });
  }
  return stages;
}

/** What follows `name` in the final stage, wherever it stands there. */
export function finalInstructions(name: string): string[] {
  const final = readStages().at(-1) ?? [];
  return final.filter((instruction) => instruction.name === name).map(({ text }) => text);
}

/** The variables that a container of the image has from the start. */
export function imageEnvironment(): Record<string, string> {
  const pairs = finalInstructions('ENV').flatMap((text) => text.split(' '));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** The files and folders of the project that the image holds. */
export function copiedPaths(): string[] {
  return finalInstructions('COPY')
    .filter((text) => !text.startsWith('--from'))
    .map((text) => text.split(' ')[0] ?? '');
}
