import type { StartSettings } from './settings.ts';

/** What a person reads when everything is up: the addresses, and three things to try. */
export function thingsToTry(settings: StartSettings, seconds: number, workerPid: number | undefined): string {
  const { ports, namespace, temporalAddress, discord, usesLocalGithub, logFolder } = settings;
  const ui =
    temporalAddress === undefined
      ? `http://127.0.0.1:${ports.temporalUi}/namespaces/${namespace}/workflows`
      : 'your own';
  const local = `http://127.0.0.1:${ports.localDiscord}`;
  const addresses = [
    ...(discord.kind === 'local' ? [`  Discord       ${local}`] : []),
    ...(usesLocalGithub ? [`  GitHub        http://127.0.0.1:${ports.localGithub} (for /link github)`] : []),
    `  Temporal UI   ${ui}`,
    `  Health        http://127.0.0.1:${ports.workerHealth}/readyz (worker), http://127.0.0.1:${ports.botHealth}/readyz (bot)`,
    `  Logs          ${logFolder}`,
  ];
  const join =
    discord.kind === 'local'
      ? `Open ${local} and let somebody join.`
      : 'Join your guild with a second account.';
  return `
Ready after ${seconds.toFixed(1)} s.

${addresses.join('\n')}

Three things to try:
  1. ${join} See the welcome in #welcome, the role Newcomer, and 30 s later a direct message,
     then a menu of roles: choose one.
  2. Open the Temporal UI: open "onboarding/…": the timer says what the member waits for, "User Metadata" the current step.
  3. While somebody waits for the direct message, kill the worker (kill -9 ${workerPid ?? '<pid>'}). It comes back by itself,
     and the message comes once.

Ctrl-C stops everything; the next start goes on where this one ended.
`;
}
