import { readdirSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ENVIRONMENT_VARIABLES } from '../../config/environment.ts';
import { PORTS } from '../../scripts/stack/settings.ts';
import { fromProject } from './project.ts';

const example = readFileSync(fromProject('.env.example'), 'utf8');
const [used = '', unused = ''] = example.split(/^# --- Not used yet.*$/m);

/** What the system or we ourselves set for a process: nobody has to write these down. */
const NOT_FOR_PEOPLE = ['PATH', 'XDG_CACHE_HOME', 'PGPASSWORD'];

const readByCode = new Set([
  ...ENVIRONMENT_VARIABLES,
  ...Object.values(PORTS).map(({ variable }) => variable),
  ...namesIn(
    ['config', 'runtime', 'database', 'activities', 'worker', 'bot', 'scripts'].flatMap(sourcesBelow),
  ),
]);
const readByCompose = variablesIn('docker-compose.yml', /\$\{(\w+)/g);

describe('.env.example', () => {
  test('names every variable that the code or docker-compose.yml reads', () => {
    const missing = [...readByCode, ...readByCompose].filter(
      (name) => !keysOf(used).includes(name) && !NOT_FOR_PEOPLE.includes(name),
    );
    expect(missing).toEqual([]);
  });

  test('names none that nothing reads, but those that it says are not used yet', () => {
    expect(keysOf(used).filter((name) => !readByCode.has(name) && !readByCompose.includes(name))).toEqual([]);
    expect(keysOf(unused).filter((name) => readByCode.has(name) || readByCompose.includes(name))).toEqual([]);
    expect(keysOf(unused)).toContain('GOOGLE_ANALYTICS_ID');
  });

  test('has a line on each of them, and no value', () => {
    const lines = example.split('\n');
    for (const [index, line] of lines.entries()) {
      if (!/^#?\w+=/.test(line)) continue;
      expect(lines[index - 1]).toMatch(/^# \S.+\.|^# .+Default: /);
      expect(line).toMatch(/=$/);
    }
  });

  test('can be copied as it is: all it sets is empty, which means the default', () => {
    expect(Object.values(parseEnv(example)).every((value) => value === '')).toBe(true);
  });
});

/** The names in a text like .env, those in a comment (`#NAME=`) included. */
function keysOf(text: string): string[] {
  return [...text.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name = '']) => name);
}

function variablesIn(file: string, pattern: RegExp): string[] {
  return [...readFileSync(fromProject(file), 'utf8').matchAll(pattern)].map(([, name = '']) => name);
}

function namesIn(files: readonly string[]): string[] {
  return files.flatMap((file) => variablesIn(file, /process\.env\.(\w+)/g));
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(fromProject(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`);
}
