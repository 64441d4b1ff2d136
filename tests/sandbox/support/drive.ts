/** Uses every route of the API once, as a bot might, so that its answers can be checked. */

import type {
  APIChannel,
  APIInvite,
  APIMessage,
  APIRole,
  APIThreadChannel,
  Snowflake,
} from 'discord-api-types/v10';
import type { Answer, RequestOptions, TestDiscord } from './local-discord.ts';
import { commands, componentsV2, everyField, formWithFile, modal } from './samples.ts';

interface WithId {
  id: Snowflake;
}

/** The pieces that all parts of the drive need. */
interface Drive {
  discord: TestDiscord;
  guild: string;
  application: string;
  general: string;
  memberId: Snowflake;
  /** Sends a request that must succeed. */
  call: <Body = WithId>(method: string, path: string, body?: unknown) => Promise<Body>;
  /** Sends a request that must be refused with this code. */
  refused: (code: number, method: string, path: string, options?: RequestOptions) => Promise<void>;
}

/** @throws Error when a request that should succeed is refused, or the other way round */
export async function drive(discord: TestDiscord): Promise<void> {
  const all = await prepare(discord);
  await driveUsers(all);
  await driveGuild(all);
  await driveMembers(all);
  await driveRoles(all);
  await driveChannels(all);
  await driveMessages(all);
  await driveReactionsAndPolls(all);
  await driveThreads(all);
  await driveInvitesAndEvents(all);
  await driveVoice(all);
  await driveWebhooks(all);
  await driveCommands(all);
  await driveInteractions(all);
  await driveRefusals(all);
}

async function prepare(discord: TestDiscord): Promise<Drive> {
  const {
    members: [joined],
  } = await discord.control.join({ names: ['Driven Member'] });
  const show = (answer: Answer<unknown>) => `${answer.status} ${JSON.stringify(answer.body)}`;
  return {
    discord,
    guild: `/guilds/${discord.guildId}`,
    application: `/applications/${discord.applicationId}`,
    general: `/channels/${(await discord.channel('general')).id}`,
    memberId: joined?.member.user.id ?? '',
    call: async <Body>(method: string, path: string, body?: unknown) => {
      const answer = await discord.request<Body>(method, path, body === undefined ? {} : { body });
      if (answer.status >= 400) throw new Error(`${method} ${path}: ${show(answer)}`);
      return answer.body;
    },
    refused: async (code, method, path, options) => {
      const answer = await discord.request(method, path, options);
      if (answer.status < 400 || answer.body.code !== code)
        throw new Error(`${method} ${path}: ${show(answer)}`);
    },
  };
}

async function driveUsers({ call, memberId }: Drive): Promise<void> {
  await call('GET', '/gateway');
  await call('GET', '/gateway/bot');
  await call('GET', '/users/@me');
  await call('PATCH', '/users/@me', { username: 'TiXL' });
  await call('GET', '/users/@me/guilds?with_counts=true');
  await call('GET', `/users/${memberId}`);
  await call('GET', '/oauth2/applications/@me');
  await call('GET', '/applications/@me');
  const dm = await call('POST', '/users/@me/channels', { recipient_id: memberId });
  await call('POST', `/channels/${dm.id}/messages`, { content: 'Welcome!' });
  await call('GET', `/channels/${dm.id}`);
}

async function driveGuild({ call, guild }: Drive): Promise<void> {
  await call('GET', `${guild}?with_counts=true`);
  await call('PATCH', guild, { description: 'Makers and artists.' });
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  await call('PUT', `${guild}/incident-actions`, { dms_disabled_until: inAnHour });
  await call('PUT', `${guild}/incident-actions`, { dms_disabled_until: null, invites_disabled_until: null });
}

async function driveMembers({ call, discord, guild, memberId }: Drive): Promise<void> {
  const newcomer = await discord.role('Newcomer');
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  await call('GET', `${guild}/members?limit=100`);
  await call('GET', `${guild}/members/search?query=driven&limit=5`);
  await call('GET', `${guild}/members/${memberId}`);
  await call('PATCH', `${guild}/members/@me`, { nick: 'TiXL bot' });
  await call('PATCH', `${guild}/members/${memberId}`, {
    nick: 'Driven',
    roles: [newcomer.id],
    communication_disabled_until: inAnHour,
  });
  await call('PATCH', `${guild}/members/${memberId}`, { communication_disabled_until: null });
  await call('DELETE', `${guild}/members/${memberId}/roles/${newcomer.id}`);
  await call('PUT', `${guild}/members/${memberId}/roles/${newcomer.id}`);
  const { members } = await discord.control.join({ names: ['Kicked', 'Banned', 'Banned too'] });
  const [kicked, banned, bannedToo] = members.map(({ member }) => member.user.id);
  await call('DELETE', `${guild}/members/${kicked}`);
  await call('PUT', `${guild}/bans/${banned}`, { delete_message_seconds: 60 });
  await call('POST', `${guild}/bulk-ban`, { user_ids: [bannedToo] });
  await call('GET', `${guild}/bans`);
  await call('GET', `${guild}/bans/${banned}`);
  await call('DELETE', `${guild}/bans/${banned}`);
  await call('GET', `${guild}/audit-logs?limit=100`);
}

async function driveRoles({ call, guild }: Drive): Promise<void> {
  await call('GET', `${guild}/roles`);
  await call('GET', `${guild}/roles/member-counts`);
  const role = await call<APIRole>('POST', `${guild}/roles`, {
    name: 'Driver',
    color: 0x3498db,
    hoist: true,
  });
  await call('GET', `${guild}/roles/${role.id}`);
  await call('PATCH', `${guild}/roles/${role.id}`, { mentionable: true, permissions: '2048' });
  await call('PATCH', `${guild}/roles`, [{ id: role.id, position: 3 }]);
  await call('DELETE', `${guild}/roles/${role.id}`);
}

async function driveChannels({ call, discord, guild, general, memberId }: Drive): Promise<void> {
  await call('GET', `${guild}/channels`);
  const created = [];
  for (const type of [0, 2, 4, 5, 13, 15])
    created.push(await call<APIChannel>('POST', `${guild}/channels`, { name: `Driven ${type}`, type }));
  const [text, , category] = created;
  await call('PATCH', `/channels/${text?.id}`, {
    topic: 'Driven',
    rate_limit_per_user: 5,
    parent_id: category?.id,
  });
  await call('PATCH', `${guild}/channels`, [{ id: text?.id, position: 3 }]);
  await call('PUT', `/channels/${text?.id}/permissions/${memberId}`, {
    type: 1,
    allow: '1024',
    deny: '2048',
  });
  await call('DELETE', `/channels/${text?.id}/permissions/${memberId}`);
  await call('GET', general);
  await call('POST', `${general}/typing`);
  for (const { id } of created) {
    await call('GET', `/channels/${id}`);
    await call('DELETE', `/channels/${id}`);
  }
  await call('GET', `/channels/${(await discord.channel('ideas')).id}`);
}

async function driveMessages({ call, general }: Drive): Promise<void> {
  const withFile = { ...everyField, attachments: [{ id: '0', filename: 'note.txt', description: 'A note' }] };
  const full = await call<APIMessage>('POST', `${general}/messages`, formWithFile(withFile));
  await call('POST', `${general}/messages`, componentsV2);
  const reply = await call<APIMessage>('POST', `${general}/messages`, {
    content: '<@1> answers',
    nonce: 'driven',
    enforce_nonce: true,
    allowed_mentions: { parse: [], replied_user: true },
    message_reference: { message_id: full.id },
  });
  await call('GET', `${general}/messages?limit=50`);
  await call('GET', `${general}/messages?around=${reply.id}&limit=3`);
  await call('GET', `${general}/messages/${reply.id}`);
  await call('PATCH', `${general}/messages/${full.id}`, { content: 'Changed', embeds: [] });
  for (const path of [`${general}/messages/pins`, `${general}/pins`]) {
    await call('PUT', `${path}/${full.id}`);
    await call('GET', path);
    await call('DELETE', `${path}/${full.id}`);
  }
  const others = [];
  for (const content of ['one', 'two', 'three'])
    others.push(await call<APIMessage>('POST', `${general}/messages`, { content }));
  await call('DELETE', `${general}/messages/${others.pop()?.id}`);
  await call('POST', `${general}/messages/bulk-delete`, { messages: others.map(({ id }) => id) });
}

async function driveReactionsAndPolls({ call, discord, general, memberId }: Drive): Promise<void> {
  const message = await call<APIMessage>('POST', `${general}/messages`, { content: 'React!' });
  const place = { memberId, channelId: message.channel_id, messageId: message.id };
  const reactions = `${general}/messages/${message.id}/reactions`;
  const party = `${reactions}/${encodeURIComponent('🎉')}`;
  await discord.control.react({ ...place, emoji: '🎉' });
  await call('PUT', `${party}/@me`);
  await call('GET', party);
  await call('GET', `${general}/messages/${message.id}`);
  await call('DELETE', `${party}/@me`);
  await call('DELETE', `${party}/${memberId}`);
  await call('DELETE', party);
  await call('DELETE', reactions);
  const poll = await call<APIMessage>('POST', `${general}/messages`, {
    poll: {
      question: { text: 'When?' },
      answers: [
        { poll_media: { text: 'Today' } },
        { poll_media: { text: 'Tomorrow', emoji: { name: '🌅' } } },
      ],
      duration: 24,
    },
  });
  await discord.control.vote({ ...place, messageId: poll.id, answerIds: [1] });
  await call('GET', `${general}/polls/${poll.id}/answers/1`);
  await call('POST', `${general}/polls/${poll.id}/expire`);
}

async function driveThreads({ call, discord, guild, general, memberId }: Drive): Promise<void> {
  const message = await call<APIMessage>('POST', `${general}/messages`, { content: 'Let us talk' });
  const thread = await call<APIThreadChannel>('POST', `${general}/messages/${message.id}/threads`, {
    name: 'Talk',
    auto_archive_duration: 1440,
  });
  await call('GET', `${general}/messages/${message.id}`);
  const inPrivate = await call('POST', `${general}/threads`, { name: 'In private', type: 12 });
  const ideas = await discord.channel('ideas');
  const tags = 'available_tags' in ideas ? ideas.available_tags : [];
  const post = await call('POST', `/channels/${ideas.id}/threads`, {
    name: 'An idea',
    applied_tags: [tags[0]?.id],
    message: { content: 'What if?' },
  });
  await call('GET', `${guild}/threads/active`);
  const members = `/channels/${thread.id}/thread-members`;
  await call('DELETE', `${members}/@me`);
  await call('PUT', `${members}/@me`);
  await call('PUT', `${members}/${memberId}`);
  await call('GET', `${members}?with_member=true`);
  await call('GET', `${members}/${memberId}`);
  await call('DELETE', `${members}/${memberId}`);
  for (const { id } of [thread, inPrivate])
    await call('PATCH', `/channels/${id}`, { archived: true, locked: true });
  await call('GET', `${general}/threads/archived/public`);
  await call('GET', `${general}/threads/archived/private`);
  await call('GET', `/channels/${thread.id}`);
  await call('DELETE', `/channels/${post.id}`);
}

async function driveInvitesAndEvents({ call, discord, guild, general, memberId }: Drive): Promise<void> {
  const newcomer = await discord.role('Newcomer');
  const invite = await call<APIInvite>('POST', `${general}/invites`, {
    max_uses: 5,
    role_ids: [newcomer.id],
  });
  await call('GET', `${general}/invites`);
  await call('GET', `${guild}/invites`);
  await call('GET', `/invites/${invite.code}?with_counts=true`);
  await call('DELETE', `/invites/${invite.code}`);
  const lounge = await discord.channel('Lounge');
  const start = new Date(Date.now() + 3_600_000).toISOString();
  const end = new Date(Date.now() + 7_200_000).toISOString();
  const common = { name: 'Meet-up', privacy_level: 2, scheduled_start_time: start, description: 'Come!' };
  const event = await call('POST', `${guild}/scheduled-events`, {
    ...common,
    entity_type: 2,
    channel_id: lounge.id,
  });
  await call('POST', `${guild}/scheduled-events`, {
    ...common,
    entity_type: 3,
    channel_id: null,
    entity_metadata: { location: 'Berlin' },
    scheduled_end_time: end,
  });
  await discord.control.markInterested({ memberId, eventId: event.id });
  await call('GET', `${guild}/scheduled-events?with_user_count=true`);
  await call('GET', `${guild}/scheduled-events/${event.id}?with_user_count=true`);
  await call('GET', `${guild}/scheduled-events/${event.id}/users?with_member=true`);
  await call('PATCH', `${guild}/scheduled-events/${event.id}`, { status: 2 });
  await call('DELETE', `${guild}/scheduled-events/${event.id}`);
}

async function driveVoice({ call, discord, guild, memberId }: Drive): Promise<void> {
  const [lounge, stage] = [await discord.channel('Lounge'), await discord.channel('Town Hall')];
  await discord.control.setVoice({ memberId, channelId: lounge.id });
  await discord.control.setVoice({ memberId: discord.applicationId, channelId: lounge.id });
  await call('GET', `${guild}/voice-states/${memberId}`);
  await call('GET', `${guild}/voice-states/@me`);
  await call('PATCH', `${guild}/members/${memberId}`, { channel_id: null });
  await call('POST', '/stage-instances', { channel_id: stage.id, topic: 'Live' });
  await call('GET', `/stage-instances/${stage.id}`);
  await call('PATCH', `/stage-instances/${stage.id}`, { topic: 'Still live' });
  await call('DELETE', `/stage-instances/${stage.id}`);
}

async function driveWebhooks({ call, guild, general }: Drive): Promise<void> {
  const webhook = await call<WithId & { token: string }>('POST', `${general}/webhooks`, { name: 'Driven' });
  await call('GET', `${general}/webhooks`);
  await call('GET', `${guild}/webhooks`);
  await call('GET', `/webhooks/${webhook.id}`);
  const path = `/webhooks/${webhook.id}/${webhook.token}`;
  await call('GET', path);
  const message = await call<APIMessage>('POST', `${path}?wait=true`, {
    content: 'From afar',
    username: 'Afar',
  });
  await call('GET', `${path}/messages/${message.id}`);
  await call('PATCH', `${path}/messages/${message.id}`, { content: 'From near' });
  await call('DELETE', `${path}/messages/${message.id}`);
  await call('DELETE', `/webhooks/${webhook.id}`);
}

async function driveCommands({ call, application, guild }: Drive): Promise<void> {
  for (const base of [`${application}/commands`, `${application}${guild}/commands`]) {
    await call('PUT', base, commands);
    const command = await call('POST', base, {
      name: 'ping',
      description: 'Answers',
      default_member_permissions: '32',
    });
    await call('GET', `${base}?with_localizations=true`);
    await call('GET', `${base}/${command.id}`);
    await call('PATCH', `${base}/${command.id}`, { description: 'Answers at once' });
    await call('DELETE', `${base}/${command.id}`);
  }
}

async function driveInteractions({ call, discord, application, general, memberId }: Drive): Promise<void> {
  const tokens = new Map<string, string>();
  const message = await call<APIMessage>('POST', `${general}/messages`, everyField);
  const place = { memberId, channelId: message.channel_id, messageId: message.id };
  const callback = async (interactionId: string, body: object, response = true) => {
    const token = discord.interactionToken(interactionId);
    tokens.set(interactionId, token);
    await call('POST', `/interactions/${interactionId}/${token}/callback?with_response=${response}`, body);
    return `/webhooks/${discord.applicationId}/${token}`;
  };
  const press = () => discord.control.press({ ...place, customId: 'press' });
  const answered = await callback((await press()).interactionId, {
    type: 4,
    data: { content: 'Yes', flags: 64 },
  });
  await call('GET', `${answered}/messages/@original`);
  await call('PATCH', `${answered}/messages/@original`, { content: 'Yes!' });
  const more = await call<APIMessage>('POST', `${answered}?wait=true`, { content: 'And more' });
  await call('DELETE', `${answered}/messages/${more.id}`);
  await callback((await press()).interactionId, { type: 5, data: { flags: 64 } });
  await callback((await press()).interactionId, { type: 5 }, false);
  await callback((await press()).interactionId, { type: 6 });
  await callback((await press()).interactionId, { type: 7, data: { content: 'Pressed' } });
  const opener = await press();
  await callback(opener.interactionId, { type: 9, data: modal });
  const submitted = await discord.control.submitModal({
    memberId,
    interactionId: opener.interactionId,
    values: { name: 'Driven', kind: ['bug'] },
  });
  await callback(submitted.interactionId, { type: 4, data: { content: 'Thank you' } });
  const [demo] = await call<WithId[]>('GET', `${application}/commands`);
  const command = { memberId, channelId: message.channel_id, commandId: demo?.id ?? '', subcommand: ['all'] };
  const typed = await discord.control.autocomplete({ ...command, focused: 'text', options: { text: 'dr' } });
  await callback(typed.interactionId, { type: 8, data: { choices: [{ name: 'Driven', value: 'driven' }] } });
  const run = await discord.control.runCommand({ ...command, options: { text: 'driven', user: memberId } });
  await callback(run.interactionId, { type: 4, data: componentsV2 });
}

async function driveRefusals({ refused, guild, general }: Drive): Promise<void> {
  await refused(0, 'GET', guild, { token: 'wrong' });
  await refused(0, 'GET', '/nowhere');
  await refused(50006, 'POST', `${general}/messages`, { body: { content: '' } });
  await refused(50035, 'POST', `${general}/messages`, { body: { content: 'x'.repeat(2001) } });
  await refused(10008, 'GET', `${general}/messages/1`);
  await refused(10013, 'GET', '/users/1');
}
