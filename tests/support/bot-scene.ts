/** A bot and a worker in the test's process that serve the local Discord, and what members there are told. */

import type { APIMessage } from 'discord-api-types/v10';
import type { CommunityConfig } from '../../config/schema.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { SET_UP, startSetUp } from '../../workflows/definitions/set-up.ts';
import { connectWorker, startBot, startBotDiscord } from './bot.ts';
import { memberNamed, messageFor, runCommand, type TypedCommand } from './command.ts';
import { loadConfigWith } from './config.ts';
import { freshDatabase } from './database.ts';
import { runWorker } from './worker.ts';

/** What is special about a scene. */
export interface SceneSetting {
  /** YAML that is laid over TiXL's configuration. */
  readonly overlay?: string;
  /** More of the environment. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What happens before there is a bot. Nobody who joins then is welcomed, which other tests are about. */
  readonly beforeBot?: (scene: Pick<BotScene, 'discord' | 'config'>) => Promise<unknown>;
}

export interface BotScene {
  readonly discord: LocalDiscord;
  readonly config: CommunityConfig;
  readonly worker: WorkerContext;
  /** A member of the staff, of the guild file. */
  readonly staff: MemberId;
  /** Tells Discord of the commands, as a worker does when it starts. */
  setUp(): Promise<void>;
  /** The message with which a command is answered. */
  ask(who: MemberId, typed: TypedCommand): Promise<APIMessage>;
  /** What somebody is told, be it in a text or in embeds. */
  told(who: MemberId, typed: TypedCommand): Promise<string>;
  /** Lets the bot go away, and come back. */
  stopBot(): Promise<void>;
  startBot(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts them with a database of their own. */
export async function startBotScene(setting: SceneSetting = {}): Promise<BotScene> {
  const { overlay = '{}', variables, beforeBot } = setting;
  const database = await freshDatabase();
  await database.close();
  const config = await loadConfigWith(overlay);
  const { discord, environment } = await startBotDiscord({ ...variables, DATABASE_URL: database.url });
  await beforeBot?.({ discord, config });
  const worker = await connectWorker(environment, config);
  const stopWorker = await runWorker(worker.context);
  let bot = await startBot(environment, config);
  const ask = async (who: MemberId, typed: TypedCommand) =>
    messageFor(discord, await runCommand(discord, who, typed));
  const scene: BotScene = {
    ...{ discord, config, worker: worker.context, ask },
    staff: await memberNamed(discord, 'Mara Staff'),
    async setUp() {
      await worker.context.client.workflow.execute(SET_UP, startSetUp(environment.DISCORD_GUILD_ID));
    },
    told: async (who, typed) => textOf(await ask(who, typed)),
    stopBot: () => bot.stop(),
    async startBot() {
      bot = await startBot(environment, config);
    },
    async stop() {
      await bot.stop();
      await stopWorker();
      await worker.disconnect();
      await discord.stop();
    },
  };
  await scene.setUp();
  return scene;
}

/** What a message says, in a text and in embeds. */
export function textOf({ content, embeds }: APIMessage): string {
  return [content, ...embeds.flatMap(({ title, description }) => [title, description])].join('\n').trim();
}
