// Serves the local Discord's web page: one HTML file, one script and one style sheet, made in memory when the
// server starts. There is no build step, and nothing is loaded from anywhere else.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { FastifyInstance } from 'fastify';

/** One file of the page as the browser gets it. */
interface PageFile {
  contentType: string;
  body: Buffer;
  /** Quoted, as it stands in the `etag` header. */
  etag: string;
}

/** The page's files by the path that they are served at. */
type PageFiles = ReadonlyMap<string, PageFile>;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Messages come from anybody, so the browser itself is told to run no script and to load nothing but ours.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Lit writes the colours of names and embeds as style attributes; whole style sheets stay ours.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cache-control': 'no-cache',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Bundles the page.
 * @returns the files by the path that they are served at
 * @throws esbuild's error, with file and line, when a source does not compile
 */
async function bundlePage(): Promise<PageFiles> {
  const bundle = await build({
    entryPoints: { page: here('./browser/main.ts'), styles: here('./styles/page.css') },
    outdir: '/',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['production', 'browser'],
    legalComments: 'none',
    logLevel: 'silent',
    write: false,
  });
  const files = new Map<string, PageFile>();
  files.set('/', pageFile('text/html; charset=utf-8', await readFile(here('./index.html'))));
  for (const output of bundle.outputFiles) {
    const type = output.path.endsWith('.css') ? 'text/css' : 'text/javascript';
    files.set(`/page${output.path}`, pageFile(`${type}; charset=utf-8`, Buffer.from(output.contents)));
  }
  return files;
}

/**
 * Mounts the page on a server: `/` and what it loads from `/page/`.
 * @param app the server, before it listens
 */
export async function registerPage(app: FastifyInstance): Promise<void> {
  for (const [path, file] of await bundlePage()) {
    app.get(path, async (request, reply) => {
      reply.headers({ ...HEADERS, etag: file.etag });
      if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
      return reply.type(file.contentType).send(file.body);
    });
  }
}

function pageFile(contentType: string, body: Buffer): PageFile {
  return { contentType, body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}
