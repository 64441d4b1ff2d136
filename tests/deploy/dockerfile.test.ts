import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { build, type Metafile } from 'esbuild';
import { type HealthCheck, serveHealth } from '../../runtime/health.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { copiedPaths, finalInstructions, readStages } from './dockerfile.ts';
import { fromProject } from './project.ts';

const run = promisify(execFile);
const SCRIPTS = scriptsOfOperators();
const PROGRAMS = ['bot/main.ts', 'worker/main.ts', 'workflows/index.ts', ...SCRIPTS];

const manifest = JSON.parse(readFileSync(fromProject('package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

describe('the image', () => {
  test('has the Node that package.json pins', () => {
    const images = readStages().map(([from]) => from?.text.split(' ')[0]);
    for (const image of images) expect(image).toBe(`node:${manifest.dependencies.node}-bookworm-slim`);
  });

  test('holds every file that bot, worker, workflows and the scripts of operators import', async () => {
    expect(SCRIPTS).not.toEqual([]);
    const files = Object.keys((await importsOf(PROGRAMS)).inputs);
    expect(files.length).toBeGreaterThan(PROGRAMS.length);
    const held = copiedPaths();
    const isHeld = (file: string) => held.some((path) => file === path || file.startsWith(`${path}/`));
    expect(files.filter((file) => !isHeld(file))).toEqual([]);
  });

  test('holds nothing that bot and worker have no use for', () => {
    expect(copiedPaths()).not.toContain('.');
    for (const path of ['sandbox', 'scripts', 'tests', 'bench', '.env'])
      expect(copiedPaths()).not.toContain(path);
  });

  test('has every package that they import: none is only for development, and none is removed', async () => {
    const removed = [
      ...readFileSync(fromProject('Dockerfile'), 'utf8').matchAll(/rm -rf (node_modules.*?) *\\?$/gm),
    ]
      .flatMap(([, paths]) => paths?.split(' ') ?? [])
      .map((path) => path.replace('node_modules/', ''));
    expect(removed).not.toEqual([]);
    const packages = packagesIn(await importsOf(PROGRAMS));
    expect(packages).toContain('discord.js');
    expect(packages.filter((name) => manifest.dependencies[name] === undefined)).toEqual([]);
    expect(packages.filter((name) => removed.some((path) => `${name}/`.startsWith(`${path}/`)))).toEqual([]);
  });

  test('gets what it copies past .dockerignore', () => {
    const lines = readFileSync(fromProject('.dockerignore'), 'utf8').split('\n');
    for (const path of copiedPaths()) expect(lines).toContain(`!${path}`);
  });

  test('does not run as root', () => {
    expect(finalInstructions('USER').at(-1)).toBe('node');
  });

  test.each<[string, HealthCheck, number]>([
    ['is healthy while the process is ready', async () => undefined, 0],
    ['is unhealthy while something is away', () => Promise.reject(new Error('no database')), 1],
  ])('%s', async (_, check, code) => {
    const health = await serveHealth({ host: '127.0.0.1', port: 0 }, { database: check });
    try {
      expect(await exitCodeOfHealthCheck(new URL(health.address).port)).toBe(code);
    } finally {
      await health.stop();
    }
  });

  test('is unhealthy while nothing answers', async () => {
    expect(await exitCodeOfHealthCheck(String(await freePort()))).toBe(1);
  });
});

/** The scripts that operators are told to run in a container. */
function scriptsOfOperators(): string[] {
  const text = readFileSync(fromProject('docs/operators.md'), 'utf8');
  return [...new Set([...text.matchAll(/\bnode (scripts\/[\w-]+\.ts)\b/g)].map(([, path = '']) => path))];
}

/** Runs the image's own HEALTHCHECK here. */
async function exitCodeOfHealthCheck(port: string): Promise<number> {
  const [text = ''] = finalInstructions('HEALTHCHECK');
  const [program, ...args] = JSON.parse(text.slice(text.indexOf('['))) as string[];
  if (program !== 'node') throw new Error(`the health check runs ${program}, which this test does not know`);
  return run(process.execPath, args, { env: { HEALTH_PORT: port } }).then(
    () => 0,
    (error: { code: number }) => error.code,
  );
}

async function importsOf(programs: readonly string[]): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: programs.map(fromProject),
    absWorkingDir: fromProject('.'),
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    outdir: 'out',
  });
  return metafile;
}

function packagesIn({ inputs }: Metafile): string[] {
  const paths = Object.values(inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external === true && !path.startsWith('node:'))
    .map(({ path }) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return [...new Set(paths)];
}
