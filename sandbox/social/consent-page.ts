/** The page on which a person lets a program act in the name of the account. */

import type { SocialPlatform, StandIn } from './stand-in.ts';

const NAMES: Readonly<Record<SocialPlatform, string>> = { x: 'X', linkedin: 'LinkedIn', youtube: 'YouTube' };

/** The headers of the page. `target`: the origin to which the answer leads, which browsers take as a part of the form's way. */
export const PAGE_HEADERS = (target: string) => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${target}; frame-ancestors 'none'`,
  // With none at all, browsers would not say that a form is ours.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
});

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem; color: #1f2328 }
button { font: inherit; padding: .4rem 1rem; margin-right: .5rem }`;

/** @param action the address of the page itself, with what the program asked for */
export function consentPage({ platform, account }: StandIn, scope: string, action: string): string {
  const scopes = scope
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .map((one) => `<li><code>${toHtml(one)}</code></li>`);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${NAMES[platform]}: connect</title><style>${STYLE}</style>
<body><h1>${NAMES[platform]} (local)</h1>
<p>A program wants to act in the name of <strong>${toHtml(account.name)}</strong> (${toHtml(account.handle)}):</p>
<ul>${scopes.join('')}</ul>
<form method="post" action="${toHtml(action)}">
<button name="decision" value="approve">Approve</button><button name="decision" value="deny">Deny</button>
</form></body></html>`;
}

function toHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
