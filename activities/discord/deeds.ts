import { findRoleChoice } from '../../database/role-choices.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Deed, Visit } from '../../domain/onboarding.ts';
import type { DiscordContext } from './context.ts';
import { Introductions } from './introductions.ts';

/** What members have done of what an onboarding asks for. */
export class Deeds {
  readonly #context: DiscordContext;
  readonly #introductions = new Map<ChannelId, Introductions>();
  readonly #checks: Readonly<Record<Deed, (visit: Visit) => Promise<boolean>>> = {
    introduced: (visit) => this.#hasIntroduced(visit),
    'role chosen': (visit) => this.#hasChosenRole(visit),
  };

  constructor(context: DiscordContext) {
    this.#context = context;
  }

  /** Whether the member has done `deed` since this visit began. */
  hasDone(visit: Visit, deed: Deed): Promise<boolean> {
    return this.#checks[deed](visit);
  }

  async #hasChosenRole({ guildId, memberId, visitBegan }: Visit): Promise<boolean> {
    const em = this.#context.database.em.fork();
    return (await findRoleChoice(em, guildId, memberId, new Date(visitBegan))) !== undefined;
  }

  async #hasIntroduced({ memberId, visitBegan }: Visit): Promise<boolean> {
    const { rest, directory, config } = this.#context;
    const channelId = await directory.channel(config.onboarding.introductions);
    if (channelId === undefined) return false;
    const introductions = this.#introductions.get(channelId) ?? new Introductions(rest, directory, channelId);
    this.#introductions.set(channelId, introductions);
    return introductions.hasWritten(memberId, visitBegan);
  }
}
