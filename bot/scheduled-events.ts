import { WorkflowNotFoundError } from '@temporalio/client';
import { Events, GatewayDispatchEvents } from 'discord.js';
import { eventsShown, findEventShownBy } from '../database/scheduled-events.ts';
import { type EventRef, eventWorkflowId, toScheduledEventId } from '../domain/events.ts';
import { untilAborted } from '../runtime/process.ts';
import { untilItWorks } from '../runtime/temporal.ts';
import { scheduledEventChanged } from '../workflows/definitions/event.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { UnderWay } from './under-way.ts';

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

  /** A new session may have missed something: every event that Discord shows is told to look. */
  async work(client, context, over) {
    const underWay = new UnderWay();
    client.on(Events.ShardReady, () => void underWay.track(tellAll(context, over)));
    await untilAborted(over);
    await underWay.finish();
  },
};

/** What is missed is found when the event next looks on Discord, before it does anything. */
async function tell({ id }: ScheduledEventData, context: BotContext): Promise<void> {
  const { database, environment } = context;
  const event = await findEventShownBy(database.em, environment.DISCORD_GUILD_ID, toScheduledEventId(id));
  if (event !== undefined) await tellLeader(event, context);
}

async function tellAll(context: BotContext, over: AbortSignal): Promise<void> {
  const { client, database, deadlineMs, environment, logger } = context;
  const tellEach = async () => {
    for (const event of await eventsShown(database.em, environment.DISCORD_GUILD_ID)) {
      if (over.aborted) return;
      await client.withDeadline(Date.now() + deadlineMs, () => tellLeader(event, context));
    }
  };
  await untilItWorks('Temporal', tellEach, logger, over);
}

async function tellLeader(event: EventRef, { client }: BotContext): Promise<void> {
  const handle = client.workflow.getHandle(eventWorkflowId(event));
  await handle.signal(scheduledEventChanged).catch((error) => {
    // An event that is over, or closed, is changed by our own hand.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}
