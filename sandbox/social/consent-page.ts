/** The page on which a person lets a program act in the name of the account. */

import type { FastifyReply } from 'fastify';
import { show, toHtml } from './html.ts';
import { PLATFORM_NAMES } from './page/names.ts';
import type { StandIn } from './stand-in.ts';

/**
 * Asks.
 *
 * @param action the address of the page itself, with what the program asked for
 * @param redirectUri where the answer leads
 */
export function consentPage(
  reply: FastifyReply,
  { platform, account }: StandIn,
  scope: string,
  action: string,
  redirectUri: URL,
): FastifyReply {
  const scopes = scope
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .map((one) => `<li><code>${toHtml(one)}</code></li>`);
  const body = `<p>A program wants to act in the name of <strong>${toHtml(account.name)}</strong> (${toHtml(account.handle)}):</p>
<ul>${scopes.join('')}</ul>
<form method="post" action="${toHtml(action)}">
<button name="decision" value="approve">Approve</button><button name="decision" value="deny">Deny</button>
</form>`;
  return show(reply, `${PLATFORM_NAMES[platform]} (local)`, body, redirectUri.origin);
}
