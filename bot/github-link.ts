import { WithStartWorkflowOperation } from '@temporalio/client';
import { type ChatInputCommandInteraction, DiscordjsTypeError } from 'discord.js';
import { findGithubLink, findUserCode, removeGithubLink } from '../database/github-links.ts';
import type { LinkRequest } from '../domain/github-link.ts';
import { toInteractionId, toMemberId } from '../domain/ids.ts';
import { LINK_COMMAND } from '../views/commands/link.ts';
import { aboutLink, linkCode } from '../views/github-link.ts';
import { channelsMentioned, fill, type TextContext } from '../views/text.ts';
import { GITHUB_LINK, startGithubLink, whenCodeIsThere } from '../workflows/definitions/github-link.ts';
import { type Answer, answer } from './answer.ts';
import { findChannels } from './channels.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';

/** What a subcommand works with. */
interface Use extends BotContext {
  readonly request: LinkRequest;
  readonly texts: TextContext;
}
type Subcommand = (use: Use) => Promise<Answer>;

const SUBCOMMANDS: ReadonlyMap<string, Subcommand> = new Map([
  ['github', link],
  ['show', show],
  ['remove', remove],
]);

/** `/link` says who a member is on GitHub. Only they see the answers: whoever knows the code could link another account to them. */
export const githubLink: BotFeature = {
  commands: {
    [LINK_COMMAND.name]: {
      run: (interaction, context) =>
        answer(interaction, context, async () => {
          const subcommand = subcommandOf(interaction);
          return (await subcommand?.(toUse(interaction, context))) ?? context.config.answers.outdated;
        }),
    },
  },
};

/** Undefined for one that we do not know: Discord was told of another version of the command. */
function subcommandOf({ options }: ChatInputCommandInteraction): Subcommand | undefined {
  try {
    return SUBCOMMANDS.get(options.getSubcommand());
  } catch (error) {
    if (error instanceof DiscordjsTypeError) return undefined;
    throw error;
  }
}

function toUse({ id, user, client }: ChatInputCommandInteraction, context: BotContext): Use {
  const { config, environment } = context;
  const guildId = environment.DISCORD_GUILD_ID;
  const names = channelsMentioned(config.recognition.contributions.linking);
  return {
    ...context,
    request: { guildId, memberId: toMemberId(user.id), interactionId: toInteractionId(id) },
    texts: { links: config.links, channels: findChannels(client, guildId, names) },
  };
}

async function link(use: Use): Promise<Answer> {
  const { client, config, request, texts, database } = use;
  const { linking } = config.recognition.contributions;
  const startWorkflowOperation = new WithStartWorkflowOperation(GITHUB_LINK, startGithubLink(request));
  const result = await client.workflow.executeUpdateWithStart(whenCodeIsThere, {
    startWorkflowOperation,
    updateId: request.interactionId,
  });
  switch (result) {
    case 'requested': {
      const codes = await findUserCode(database.em.fork(), request);
      return codes === undefined ? config.answers.tryAgain : linkCode(linking, codes, texts);
    }
    case 'already linked':
      return about(linking.alreadyLinked, use);
    case 'off':
      return linking.off;
    case 'unavailable':
      return config.answers.tryAgain;
  }
}

async function show(use: Use): Promise<Answer> {
  return about(use.config.recognition.contributions.linking.shown, use);
}

async function remove({ config, database, request, texts }: Use): Promise<Answer> {
  const { removed, notLinked } = config.recognition.contributions.linking;
  const link = await removeGithubLink(database.em.fork(), request);
  return link === undefined ? fill(notLinked, texts) : aboutLink(removed, link, texts);
}

/** `text` about the member's link, or that there is none. */
async function about(text: string, { config, database, request, texts }: Use): Promise<Answer> {
  const link = await findGithubLink(database.em.fork(), request);
  return link === undefined
    ? fill(config.recognition.contributions.linking.notLinked, texts)
    : aboutLink(text, link, texts);
}
