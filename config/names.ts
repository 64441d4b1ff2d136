import type { DistributionSettings } from '../domain/distribution.ts';
import { placeholdersIn } from '../domain/template.ts';
import { describePath } from './path.ts';
import type { CommunityConfig } from './schema.ts';
import { textsIn } from './texts.ts';

/** A channel or role that the configuration names, and the key that names it. */
export interface NamedThing {
  readonly name: string;
  readonly key: string;
}

/** Every channel and every role that the guild must have for this configuration. */
export function namesIn(config: CommunityConfig): { channels: NamedThing[]; roles: NamedThing[] } {
  const mentioned = textsIn(config).flatMap(({ path, text }) =>
    placeholdersIn(text)
      .filter(({ kind }) => kind === 'channel')
      .map(({ name }) => ({ name, key: describePath(path, config) })),
  );
  return {
    channels: [
      ...namesOfChannelsToWriteIn(config),
      ...namesOfChannelsToRead(config),
      ...channelsOfWelcomes(config),
      ...channelsThatDoNotCount(config),
      ...namesOfVoiceChannels(config),
      ...mentioned,
    ],
    roles: [...namesOfRolesToGive(config), ...rolesOfOrganisers(config), ...rolesOfPosts(config)],
  };
}

/** The roles that the bot has to give and take. */
export function namesOfRolesToGive(config: CommunityConfig): NamedThing[] {
  return [
    ...rolesOfSteps(config),
    ...rolesOfKinds(config),
    ...rolesOfBadges(config),
    ...rolesOfWinners(config),
  ];
}

function rolesOfOrganisers({ events }: CommunityConfig): NamedThing[] {
  return events.organisers.map((name) => ({ name, key: 'events.organisers' }));
}

function rolesOfPosts({ distribution: { authors, approvers } }: CommunityConfig): NamedThing[] {
  return [
    ...authors.map((name) => ({ name, key: 'distribution.authors' })),
    ...approvers.map((name) => ({ name, key: 'distribution.approvers' })),
  ];
}

function rolesOfSteps({ onboarding }: CommunityConfig): NamedThing[] {
  return onboarding.steps.flatMap((step) =>
    step.role === undefined ? [] : [{ name: step.role, key: `onboarding.steps.${step.name}.role` }],
  );
}

function rolesOfKinds({ roles }: CommunityConfig): NamedThing[] {
  return roles.kinds.flatMap((kind) =>
    kind.roles.map((name) => ({ name, key: `roles.kinds.${kind.name}.roles` })),
  );
}

function rolesOfBadges({ recognition }: CommunityConfig): NamedThing[] {
  return recognition.badges.flatMap(({ name, role }) =>
    role === undefined ? [] : [{ name: role, key: `recognition.badges.${name}.role` }],
  );
}

function rolesOfWinners({ recognition }: CommunityConfig): NamedThing[] {
  return recognition.leaderboards.winners.map(({ period, role }) => ({
    name: role,
    key: `recognition.leaderboards.winners.${period}.role`,
  }));
}

function channelsThatDoNotCount({ recognition }: CommunityConfig): NamedThing[] {
  return recognition.messages.excludedChannels.map((name) => ({
    name,
    key: 'recognition.messages.excludedChannels',
  }));
}

function channelsOfWelcomes({ roles }: CommunityConfig): NamedThing[] {
  return roles.kinds.flatMap((kind) =>
    (kind.welcome?.channels ?? []).map((name) => ({
      name,
      key: `roles.kinds.${kind.name}.welcome.channels`,
    })),
  );
}

/** The voice and stage channels in which members meet. */
export function namesOfVoiceChannels({ workshops }: CommunityConfig): NamedThing[] {
  return workshops.slots.flatMap(({ name, channel }) =>
    channel === undefined ? [] : [{ name: channel, key: `workshops.slots.${name}.channel` }],
  );
}

/** The channels in which the bot has to read what members have written. */
export function namesOfChannelsToRead({ onboarding }: CommunityConfig): NamedThing[] {
  return [{ name: onboarding.introductions, key: 'onboarding.introductions' }];
}

/** The channels in which what the bot writes may have a file below it. */
export function namesOfChannelsForFiles({ events, distribution, engagement }: CommunityConfig): NamedThing[] {
  return [
    { name: events.reportChannel, key: 'events.reportChannel' },
    { name: engagement.channel, key: 'engagement.channel' },
    ...channelsOfPosts(distribution),
  ];
}

/** The channels in which the bot has to write. */
export function namesOfChannelsToWriteIn({
  onboarding,
  roles,
  recognition,
  events,
  distribution,
  engagement,
}: CommunityConfig): NamedThing[] {
  const { steps, burst, closedDms } = onboarding;
  return [
    ...steps.flatMap((step) =>
      step.to === 'channel' ? [{ name: step.channel, key: `onboarding.steps.${step.name}.channel` }] : [],
    ),
    { name: burst.raid.channel, key: 'onboarding.burst.raid.channel' },
    ...(closedDms === undefined ? [] : [{ name: closedDms.channel, key: 'onboarding.closedDms.channel' }]),
    { name: roles.panel.channel, key: 'roles.panel.channel' },
    { name: recognition.announcements.channel, key: 'recognition.announcements.channel' },
    { name: recognition.leaderboards.channel, key: 'recognition.leaderboards.channel' },
    { name: recognition.auditChannel, key: 'recognition.auditChannel' },
    { name: recognition.tutorials.reviewChannel, key: 'recognition.tutorials.reviewChannel' },
    { name: recognition.tutorials.channel, key: 'recognition.tutorials.channel' },
    { name: events.channel, key: 'events.channel' },
    { name: events.reportChannel, key: 'events.reportChannel' },
    { name: distribution.staffChannel, key: 'distribution.staffChannel' },
    { name: distribution.crossPostChannel, key: 'distribution.crossPostChannel' },
    { name: engagement.channel, key: 'engagement.channel' },
    ...channelsOfPosts(distribution),
  ];
}

function channelsOfPosts({ platforms: { discord } }: DistributionSettings): NamedThing[] {
  return discord === undefined
    ? []
    : [{ name: discord.channel, key: 'distribution.platforms.discord.channel' }];
}
