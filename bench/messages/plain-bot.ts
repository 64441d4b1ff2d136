/** Baseline: a discord.js script that makes the same three writes for each message, in one transaction, through a pool of 10. */

import { Events } from 'discord.js';
import pg from 'pg';
import { createGatewayClient } from '../../bot/gateway-client.ts';
import { readEnvironment } from '../../config/environment.ts';
import { createLogger } from '../../runtime/logger.ts';
import { announceReady, runProcess, untilAborted } from '../../runtime/process.ts';

const POOL = 10;

await runProcess(async (stop) => {
  const environment = readEnvironment(process.env);
  const logger = createLogger('plain-bot', environment);
  const pool = new pg.Pool({ connectionString: environment.DATABASE_URL, max: POOL });
  const client = createGatewayClient(environment, stop);
  client.on(Events.MessageCreate, ({ id, channelId, author, content }) => {
    if (author.bot) return;
    record(pool, { id, channelId, memberId: author.id, length: content.length }).catch((error) =>
      logger.error(error, 'a message was not recorded'),
    );
  });
  await client.login(environment.DISCORD_BOT_TOKEN);
  announceReady(logger, 'plain bot ready');
  await untilAborted(stop);
  await client.destroy();
  await pool.end();
});

interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly memberId: string;
  readonly length: number;
}

async function record(pool: pg.Pool, { id, channelId, memberId, length }: Message): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query('begin');
    const { rowCount } = await connection.query(
      `insert into plain_messages (id, channel_id, member_id, length) values ($1, $2, $3, $4) on conflict do nothing`,
      [id, channelId, memberId, length],
    );
    if (rowCount === 1) {
      await connection.query(`insert into plain_ledger (member_id, cause, tenths) values ($1, $2, 10)`, [
        memberId,
        `message/${id}`,
      ]);
      await connection.query(
        `insert into plain_totals as total (member_id, tenths) values ($1, 10)
         on conflict (member_id) do update set tenths = total.tenths + excluded.tenths`,
        [memberId],
      );
    }
    await connection.query('commit');
  } catch (error) {
    await connection.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    connection.release();
  }
}
