/** Gives a guild what the software needs there before anybody can use it. Runs whenever a worker starts. */

import { setCurrentDetails } from '@temporalio/workflow';
import { discord } from './activities.ts';
import type { SetUpInput, SetUpResult } from './definitions/set-up.ts';

export async function setUp({ guildId }: SetUpInput): Promise<SetUpResult> {
  const { general, channels } = discord(guildId, 'staff');

  const commands = await general.registerCommands.executeWithOptions({ summary: 'slash commands' }, [
    guildId,
  ]);
  const rolePanel = await channels.keepRolePanel.executeWithOptions({ summary: 'role panel' }, [guildId]);

  const result = { commands, rolePanel };
  setCurrentDetails(describe(result));
  return result;
}

function describe({ commands, rolePanel }: SetUpResult): string {
  return [
    commands.kind === 'refused'
      ? `- slash commands: refused: ${commands.reason}`
      : `- slash commands ${commands.kind}: ${commands.commands.map((name) => `/${name}`).join(', ')}`,
    rolePanel.kind === 'refused' ? `- role panel: refused: ${rolePanel.reason}` : '- role panel: there',
  ].join('\n');
}
