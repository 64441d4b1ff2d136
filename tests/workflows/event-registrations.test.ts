import { REST } from '@discordjs/rest';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type APIMessage, GuildScheduledEventEntityType, Routes } from 'discord-api-types/v10';
import { setWantsDirectMessages } from '../../database/event-preferences.ts';
import { countRegistrations, findRegistration, respond } from '../../database/event-registrations.ts';
import type { Response } from '../../domain/event-registrations.ts';
import { type EventRef, eventWorkflowId, toScheduledEventId } from '../../domain/events.ts';
import {
  createdAt,
  firstIdAt,
  type MemberId,
  toChannelId,
  toMemberId,
  toMessageId,
} from '../../domain/ids.ts';
import { CATCH_UP, compareEverything, startCatchUp } from '../../workflows/definitions/catch-up.ts';
import type { EventPlaceResult } from '../../workflows/definitions/event-registrations.ts';
import { memberNamed } from '../support/command.ts';
import { directMessages, startCommunity, type TestCommunity } from '../support/community.ts';
import { addOpenEvent } from '../support/open-event.ts';
import { until } from '../support/wait.ts';

let community: TestCommunity;
let presses = BigInt(firstIdAt(Date.now()));

beforeAll(async () => {
  community = await startCommunity();
});
afterAll(() => community.stop());

const em = () => community.database.em.fork();
const newEvent = (values: Parameters<typeof addOpenEvent>[2] = {}) =>
  addOpenEvent(em(), community.environment.DISCORD_GUILD_ID, values);

async function newMembers(count: number): Promise<MemberId[]> {
  const { members } = await community.discord.control.join({ count });
  return members.map(({ member }) => toMemberId(member.user.id));
}

function say(event: EventRef, memberId: MemberId, response: Response) {
  presses += 1n;
  const order = String(presses);
  return respond(em(), { ...event, memberId, response, order, at: createdAt(order) });
}

const textsTo = async (member: MemberId) =>
  (await directMessages(community, member)).map(({ content }) => content);

describe('the number of those who go', () => {
  const rest = () => new REST({ api: community.discord.apiUrl }).setToken(community.discord.token);

  /** An event that is announced, as far as it concerns this. */
  async function announced(): Promise<{ event: EventRef; read: () => Promise<APIMessage> }> {
    const { channels } = await community.discord.control.getState();
    const channelId = toChannelId(channels.find(({ name }) => name === 'events')?.id ?? '');
    const body = { content: 'announced' };
    const { id } = (await rest().post(Routes.channelMessages(channelId), { body })) as APIMessage;
    const event = await newEvent({ channelId, announcementId: toMessageId(id), capacity: 2 });
    const read = async () =>
      (await community.discord.control.getMessage({ channelId, messageId: id })).message;
    return { event, read };
  }

  const fieldsOf = ({ embeds }: APIMessage) =>
    Object.fromEntries((embeds[0]?.fields ?? []).map(({ name, value }) => [name, value]));

  async function edits(): Promise<number> {
    const { counts } = await community.discord.control.countRequests();
    return counts
      .filter(
        ({ method, route }) => method === 'PATCH' && route === '/channels/:channelId/messages/:messageId',
      )
      .reduce((sum, { count }) => sum + count, 0);
  }

  test('stands in the announcement, with few changes of it however many there are', async () => {
    const { event, read } = await announced();
    const members = await newMembers(30);
    const before = await edits();
    await Promise.all(members.map((member) => say(event, member, 'going')));
    await until(async () => {
      await community.environmentOfTemporal.sleep('15s');
      return fieldsOf(await read()).Waiting === '28';
    });
    expect(fieldsOf(await read())).toMatchObject({ Going: '2 of 2', Maybe: '0' });
    expect((await edits()) - before).toBeLessThanOrEqual(3);
    const count = community.client.workflow.getHandle(`${eventWorkflowId(event)}/count`);
    await count.result();
    await say(event, members[0] as MemberId, 'maybe');
    await until(async () => fieldsOf(await read()).Maybe === '1');
    expect(fieldsOf(await read())).toMatchObject({ Going: '2 of 2', Waiting: '27' });
    await count.result();
  });
});

describe('whoever moves up', () => {
  /** Two members, of whom the second waits until the first leaves. */
  async function leaveOnePlace() {
    const event = await newEvent({ capacity: 1, title: 'Full house' });
    const [first, second] = (await newMembers(2)) as [MemberId, MemberId];
    await say(event, first, 'going');
    await say(event, second, 'going');
    return { event, first, second };
  }

  async function placeOf(event: EventRef, memberId: MemberId): Promise<EventPlaceResult> {
    const placeInLine = (await findRegistration(em(), event, memberId))?.placeInLine;
    const workflowId = `${eventWorkflowId(event)}/place/${memberId}/${placeInLine}`;
    const handle = community.client.workflow.getHandle<() => Promise<EventPlaceResult>>(workflowId);
    await until(() =>
      handle.describe().then(
        () => true,
        () => false,
      ),
    );
    return handle.result();
  }

  test('is told, and told again after having waited again', async () => {
    const { event, first, second } = await leaveOnePlace();
    await say(event, first, 'not going');
    expect(await placeOf(event, second)).toMatchObject({ told: { kind: 'sent' } });
    expect(await textsTo(second)).toEqual([expect.stringContaining('you are going to **Full house**')]);
    await say(event, second, 'not going');
    await say(event, first, 'going');
    await say(event, second, 'going');
    await say(event, first, 'not going');
    expect(await placeOf(event, second)).toMatchObject({ told: { kind: 'sent' } });
    expect(await textsTo(second)).toHaveLength(2);
  });

  test('is not told who wants no direct messages, or takes none', async () => {
    const { event, first, second } = await leaveOnePlace();
    await setWantsDirectMessages(em(), event.guildId, second, false);
    await say(event, first, 'not going');
    expect(await placeOf(event, second)).toMatchObject({ told: { kind: 'refused' } });
    expect(await textsTo(second)).toEqual([]);

    const other = await leaveOnePlace();
    await community.discord.control.setDirectMessages({ memberId: other.second, open: false });
    await say(other.event, other.first, 'maybe');
    expect(await placeOf(other.event, other.second)).toEqual({ told: { kind: 'closed' } });
  });
});

describe('interest in events on Discord that nobody heard of', () => {
  test('is made up for when the guild is compared, and so is interest that was taken back', async () => {
    const { control } = community.discord;
    const staff = await memberNamed(community.discord, 'Mara Staff');
    const { id: eventId } = await control.createEvent({
      ...{ memberId: staff, name: 'Shown', entityType: GuildScheduledEventEntityType.External },
      ...{ location: 'https://meet.example', startsAt: inHours(1), endsAt: inHours(2) },
    });
    const event = await newEvent({ scheduledEventId: toScheduledEventId(eventId) });
    const members = await newMembers(103);
    for (const memberId of members) await control.markInterested({ memberId, eventId });
    await compare();
    await until(async () => (await countRegistrations(em(), event)).going === 103);
    const [one] = members as [MemberId];
    await control.unmarkInterested({ memberId: one, eventId });
    await community.environmentOfTemporal.sleep('1m');
    await compare();
    await until(async () => (await countRegistrations(em(), event)).going === 102);
    expect(await findRegistration(em(), event, one)).toMatchObject({
      state: 'not going',
      source: 'interest',
    });
  });

  async function compare(): Promise<void> {
    const signal = { signal: compareEverything, signalArgs: [] as [] };
    const start = startCatchUp(community.environment.DISCORD_GUILD_ID);
    await community.client.workflow.signalWithStart(CATCH_UP, { ...start, ...signal });
  }

  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
});
