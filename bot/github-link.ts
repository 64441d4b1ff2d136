import { WithStartWorkflowOperation } from '@temporalio/client';
import { findGithubLink, findUserCode, removeGithubLink } from '../database/github-links.ts';
import type { LinkRequest } from '../domain/github-link.ts';
import { toInteractionId, toMemberId } from '../domain/ids.ts';
import { LINK_COMMAND } from '../views/commands/link.ts';
import { aboutLink, linkCode } from '../views/github-link.ts';
import { fill, type TextContext } from '../views/text.ts';
import { GITHUB_LINK, startGithubLink, whenCodeIsThere } from '../workflows/definitions/github-link.ts';
import type { Answer } from './answer.ts';
import { textContext } from './channels.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { type AnswerTo, runSubcommand } from './subcommands.ts';

/** What a subcommand works with. */
interface Use extends BotContext {
  readonly request: LinkRequest;
  readonly texts: TextContext;
}

/** `/link` says who a member is on GitHub. Only they see the answers: whoever knows the code could link another account to them. */
export const githubLink: BotFeature = {
  commands: {
    [LINK_COMMAND.name]: {
      run: runSubcommand({ github: using(link), show: using(show), remove: using(remove) }),
    },
  },
};

function using(give: (use: Use) => Promise<Answer>): AnswerTo {
  return ({ id, user, client }, context) => {
    const { config, environment } = context;
    return give({
      ...context,
      request: {
        guildId: environment.DISCORD_GUILD_ID,
        memberId: toMemberId(user.id),
        interactionId: toInteractionId(id),
      },
      texts: textContext(client, context, config.recognition.contributions.linking),
    });
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
