/** A person's consent on a platform's page: waits until they are sent back to this machine, or paste where they were sent. */

import { createServer, type Server } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { type Consent, readConsent } from '../../runtime/oauth.ts';
import { type Print, SetupError } from '../stack/report.ts';

const PATH = '/callback';
const CONSENT_WITHIN_MS = 15 * 60_000;
const HEADERS = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
const NOT_THIS_CONSENT =
  'This is not the answer to the consent that was asked for here. Open the address in the terminal again.';

/** Where people are sent back to. Platforms compare it with what is registered, so it is written one way only. */
export function redirectUriOn(port: number): string {
  return `http://127.0.0.1:${port}${PATH}`;
}

/**
 * Waits for the answer to a consent: the platform sends the person's browser to this machine. Where the browser runs on another one,
 * the person pastes the address that it could not open.
 *
 * @param tell says where to consent, as soon as an answer can arrive
 * @returns the code that the platform has given
 * @throws SetupError if it was refused, if nobody has answered, or if the port is taken
 */
export async function awaitCode(
  consent: Consent,
  port: number,
  print: Print,
  tell: () => void,
): Promise<string> {
  const answer = Promise.withResolvers<string>();
  const over = new AbortController();
  const server = await listen(port, (address) => take(consent, address, answer));
  tell();
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => print(takePasted(consent, line, answer)));
  const late = pause(CONSENT_WITHIN_MS, undefined, { signal: over.signal }).then(() => {
    throw new SetupError('Nobody has consented within 15 minutes. Nothing was changed.');
  });
  try {
    return await Promise.race([answer.promise, late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
    lines.close();
    server.close();
    server.closeIdleConnections();
  }
}

type Answer = PromiseWithResolvers<string>;

/** Takes the address to which somebody was sent back. Gives what to tell them, and whether it was the right one. */
function take(consent: Consent, address: URL, answer: Answer): { isRight: boolean; text: string } {
  const read = readConsent(consent, address);
  switch (read.kind) {
    case 'another':
      return { isRight: false, text: NOT_THIS_CONSENT };
    case 'code':
      answer.resolve(read.code);
      return {
        isRight: true,
        text: 'Your consent has arrived. You can close this page: the terminal says the rest.',
      };
    case 'refused':
      answer.reject(new SetupError(`The consent was refused (${read.reason}). Nothing was changed.`));
      return {
        isRight: true,
        text: 'The consent was refused. You can close this page: nothing was changed.',
      };
  }
}

function takePasted(consent: Consent, line: string, answer: Answer): string {
  const text = line.trim();
  if (text === '') return '';
  if (!URL.canParse(text)) return `  That is no address: expected one that begins with http.\n`;
  const { isRight } = take(consent, new URL(text), answer);
  return isRight ? '' : `  ${NOT_THIS_CONSENT}\n`;
}

async function listen(
  port: number,
  taken: (address: URL) => { isRight: boolean; text: string },
): Promise<Server> {
  const server = createServer((request, response) => {
    const address = URL.parse(request.url ?? '', redirectUriOn(port));
    if (request.method !== 'GET' || address?.pathname !== PATH) {
      response.writeHead(404, HEADERS).end('There is nothing here.');
      return;
    }
    const { isRight, text } = taken(address);
    response.writeHead(isRight ? 200 : 400, { ...HEADERS, connection: 'close' }).end(text);
  });
  return new Promise((resolve, reject) => {
    server.once('error', ({ message }) =>
      reject(
        new SetupError(
          `Port ${port} cannot be listened on (${message}). Choose another with --port, and register http://127.0.0.1:PORT${PATH} with your application.`,
        ),
      ),
    );
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => resolve(server));
  });
}
