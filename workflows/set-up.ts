/** Gives a guild what the software needs there before anybody can use it. Runs whenever a worker starts. */

import { setCurrentDetails } from '@temporalio/workflow';
import { discord } from './activities.ts';
import type { SetUpInput, SetUpResult } from './definitions/set-up.ts';

export async function setUp({ guildId }: SetUpInput): Promise<SetUpResult> {
  const onDiscord = discord(guildId, 'staff').general;

  const commands = await onDiscord.registerCommands.executeWithOptions({ summary: 'slash commands' }, [
    guildId,
  ]);

  const result = { commands };
  setCurrentDetails(describe(result));
  return result;
}

function describe({ commands }: SetUpResult): string {
  if (commands.kind === 'refused') return `slash commands: refused: ${commands.reason}`;
  return `slash commands ${commands.kind}: ${commands.commands.map((name) => `/${name}`).join(', ')}`;
}
