/** Baseline: a discord.js script that makes the same write for each press, without a lock: it counts who goes, and then writes. */

import { type ButtonInteraction, Events, MessageFlags } from 'discord.js';
import pg from 'pg';
import { createGatewayClient } from '../../bot/gateway-client.ts';
import { readEnvironment } from '../../config/environment.ts';
import { parseEventButtonId } from '../../domain/event-buttons.ts';
import { createLogger } from '../../runtime/logger.ts';
import { announceReady, runProcess, untilAborted } from '../../runtime/process.ts';

const POOL = 10;

await runProcess(async (stop) => {
  const environment = readEnvironment(process.env);
  const logger = createLogger('plain-bot', environment);
  const pool = new pg.Pool({ connectionString: environment.DATABASE_URL, max: POOL });
  const client = createGatewayClient(environment, stop);
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isButton()) return;
    answer(pool, interaction).catch((error) => logger.error(error, 'a press was not answered'));
  });
  await client.login(environment.DISCORD_BOT_TOKEN);
  announceReady(logger, 'plain bot ready');
  await untilAborted(stop);
  await client.destroy();
  await pool.end();
});

async function answer(pool: pg.Pool, interaction: ButtonInteraction): Promise<void> {
  const eventId = parseEventButtonId(interaction.customId)?.eventId;
  if (eventId === undefined) return;
  const { rows } = await pool.query<{ hasPlace: boolean }>(
    `select capacity > (select count(*) from plain_registrations where event_id = id and state = 'going') as "hasPlace"
     from plain_events where id = $1`,
    [eventId],
  );
  const state = rows[0]?.hasPlace === true ? 'going' : 'waiting';
  await pool.query(
    `insert into plain_registrations (event_id, member_id, state, place) values ($1, $2, $3, $4)
     on conflict (event_id, member_id) do update set state = excluded.state, place = excluded.place`,
    [eventId, interaction.user.id, state, interaction.id],
  );
  await interaction.reply({ content: `You are ${state}.`, flags: MessageFlags.Ephemeral });
}
