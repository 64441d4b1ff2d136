import { findDeviceFlow } from '../../database/github-device-flows.ts';
import { findGithubLink } from '../../database/github-links.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { githubLinkId, type LinkRequest, type ToldOutcome } from '../../domain/github-link.ts';
import { linkOutcomeMessage } from '../../views/github-link.ts';
import type { DiscordContext } from './context.ts';
import { deliver, nonceOf } from './deliver.ts';
import { channelForDirectMessages } from './direct-messages.ts';

/** What linking an account does on Discord. */
export function githubLinkOnDiscord(context: DiscordContext) {
  const { config, database, directory } = context;

  return {
    /** Tells a member by direct message how their linking has ended, once. */
    async tellLinkOutcome(request: LinkRequest, outcome: ToldOutcome): Promise<Delivery> {
      const place = await channelForDirectMessages(context, request);
      if ('kind' in place) return place;
      const { linking } = config.recognition.contributions;
      const key = githubLinkId(request);
      const texts = await directory.textContext(config.links, linking);
      const message = linkOutcomeMessage(
        linking,
        outcome,
        await loginIn(request, outcome),
        nonceOf(key),
        texts,
      );
      const { guildId, memberId } = request;
      return deliver(context, { key, guildId, memberId, ...place }, message);
    },
  };

  /** Of an account that was not linked, only what GitHub said knows what it is called. */
  async function loginIn(request: LinkRequest, outcome: ToldOutcome): Promise<string> {
    const em = database.em.fork();
    const found = outcome === 'taken' ? await findDeviceFlow(em, request) : await findGithubLink(em, request);
    return found?.login ?? '';
  }
}
