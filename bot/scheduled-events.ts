import { WorkflowNotFoundError } from '@temporalio/client';
import { GatewayDispatchEvents } from 'discord.js';
import { findEventShownBy } from '../database/scheduled-events.ts';
import { eventWorkflowId, toScheduledEventId } from '../domain/events.ts';
import { scheduledEventChanged } from '../workflows/definitions/event.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';

/** What Discord tells of a scheduled event; there is more of it. */
interface ScheduledEventData {
  readonly id: string;
  readonly guild_id: string;
}

/** Whoever changes, begins, ends or deletes an event in Discord's own interface does to ours what the commands do. */
export const scheduledEvents: BotFeature = {
  listen(client, context) {
    // From the gateway itself: discord.js tells of the deletion only where it has seen the event before.
    for (const name of [
      GatewayDispatchEvents.GuildScheduledEventUpdate,
      GatewayDispatchEvents.GuildScheduledEventDelete,
    ] as const)
      client.ws.on(name, (data: ScheduledEventData) => {
        if (data.guild_id === context.environment.DISCORD_GUILD_ID)
          void context.handOver.attempt(name, () => tell(data, context));
      });
  },
};

/** What is missed is found when the event next looks on Discord, before it does anything. */
async function tell(
  { id }: ScheduledEventData,
  { client, database, environment }: BotContext,
): Promise<void> {
  const event = await findEventShownBy(database.em, environment.DISCORD_GUILD_ID, toScheduledEventId(id));
  if (event === undefined) return;
  const handle = client.workflow.getHandle(eventWorkflowId(event));
  await handle.signal(scheduledEventChanged).catch((error) => {
    // An event that is over, or closed, is changed by our own hand.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}
