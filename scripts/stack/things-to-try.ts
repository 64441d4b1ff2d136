import type { StartSettings } from './settings.ts';

/** What a person reads when everything is up: the addresses, and what to try. */
export function thingsToTry(settings: StartSettings, seconds: number, workerPid: number | undefined): string {
  const { ports, namespace, temporalAddress, discord, usesLocalGithub, usesLocalPlatforms, logFolder } =
    settings;
  const ui =
    temporalAddress === undefined
      ? `http://127.0.0.1:${ports.temporalUi}/namespaces/${namespace}/workflows`
      : 'your own';
  const local = `http://127.0.0.1:${ports.localDiscord}`;
  const platforms = `http://127.0.0.1:${ports.localPlatforms}`;
  const addresses = [
    ...(discord.kind === 'local' ? [`  Discord       ${local}`] : []),
    ...(usesLocalGithub ? [`  GitHub        http://127.0.0.1:${ports.localGithub} (for /link github)`] : []),
    ...(usesLocalPlatforms ? [`  Platforms     ${platforms} (the local X, LinkedIn and YouTube)`] : []),
    `  Temporal UI   ${ui}`,
    `  Health        http://127.0.0.1:${ports.workerHealth}/readyz (worker), http://127.0.0.1:${ports.botHealth}/readyz (bot)`,
    `  Logs          ${logFolder}`,
  ];
  const join =
    discord.kind === 'local'
      ? `Open ${local} and let somebody join.`
      : 'Join your guild with a second account.';
  const seen = usesLocalPlatforms ? `on ${platforms} and on Discord` : 'on every platform that is connected';
  return `
Ready after ${seconds.toFixed(1)} s.

${addresses.join('\n')}

Four things to try:
  1. ${join} See the welcome in #welcome, the role Newcomer, and 30 s later a direct message,
     then a menu of roles: choose one.
  2. Open the Temporal UI: open "onboarding/…": the timer says what the member waits for, "User Metadata" the current step.
  3. While somebody waits for the direct message, kill the worker (kill -9 ${workerPid ?? '<pid>'}). It comes back by itself,
     and the message comes once.
  4. As staff, send /post create, look at the preview and approve it. See the post ${seen}.

Ctrl-C stops everything; the next start goes on where this one ended.
`;
}
