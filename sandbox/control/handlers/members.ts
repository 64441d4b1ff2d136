/** Coming and going, and being somebody in the guild. */

import type { Snowflake } from 'discord-api-types/v10';
import { setDmsOpen } from '../../actions/direct-messages.ts';
import { inventName } from '../../actions/invented-names.ts';
import { useInvite } from '../../actions/invites.ts';
import {
  type Actor,
  addRole,
  ban,
  changeMember,
  createUser,
  joinGuild,
  kick,
  passScreening,
  removeFromGuild,
  removeRole,
  unban,
} from '../../actions/members.ts';
import { joinVoice, leaveVoice } from '../../actions/voice.ts';
import { found } from '../../rules/errors.ts';
import { seededRandom } from '../../state/random.ts';
import type { UserRecord } from '../../state/records.ts';
import type { World } from '../../state/world.ts';
import type { MemberState } from '../api.ts';
import type { Some } from '../handlers.ts';
import { allow } from '../refusal.ts';
import type { ControlServices } from '../services.ts';
import { memberState } from '../state.ts';

type Calls =
  | 'join'
  | 'leave'
  | 'kick'
  | 'ban'
  | 'unban'
  | 'passScreening'
  | 'setDirectMessages'
  | 'setNickname'
  | 'giveRole'
  | 'takeRole'
  | 'setTimeout'
  | 'setVoice';

const done = { done: true } as const;

/** Who acts as staff: the one named, or the guild's owner. */
export function staffActor(world: World, input: { by?: Snowflake; reason?: string }): Actor {
  return { userId: input.by ?? world.guild.ownerId, reason: input.reason ?? null };
}

/** @throws Refusal for somebody who is not in the guild */
export function ensureMember(world: World, memberId: Snowflake): void {
  allow(world.members.has(memberId), `${memberId} is not a member of the guild.`, 'not-found');
}

function stateOf(world: World, memberId: Snowflake): MemberState {
  return memberState(world, found(world.members.get(memberId), 'unknownMember'));
}

export function memberHandlers({ world, live }: ControlServices): Some<Calls> {
  return {
    join: (input) => {
      const users = usersToJoin(world, input);
      for (const user of users) {
        allow(!world.members.has(user.id), `${user.username} is in the guild already.`, 'conflict');
        const invite = input.inviteCode === undefined ? null : useInvite(world, input.inviteCode);
        joinGuild(world, user, {
          pending: input.pending ?? false,
          inviteCode: invite?.code ?? null,
          roles: invite?.roleIds ?? [],
        });
        if (invite !== null) live.tellInvite(invite);
      }
      return { members: users.map(({ id }) => stateOf(world, id)) };
    },
    leave: ({ memberId }) => {
      allow(memberId !== world.guild.ownerId, 'The owner cannot leave the guild.');
      allow(memberId !== world.botId, 'The bot cannot be made to leave.');
      removeFromGuild(world, memberId);
      return done;
    },
    kick: ({ memberId, ...input }) => {
      kick(world, staffActor(world, input), memberId);
      return done;
    },
    ban: ({ memberId, deleteMessageSeconds, ...input }) => {
      ban(world, staffActor(world, input), memberId, deleteMessageSeconds);
      return done;
    },
    unban: ({ memberId, ...input }) => {
      unban(world, staffActor(world, input), memberId);
      return done;
    },
    passScreening: ({ memberId }) => {
      passScreening(world, memberId);
      return stateOf(world, memberId);
    },
    setDirectMessages: ({ memberId, open }) => {
      ensureMember(world, memberId);
      setDmsOpen(world, memberId, open);
      return stateOf(world, memberId);
    },
    setNickname: ({ memberId, nickname, ...input }) => {
      const actor = { ...staffActor(world, input), userId: input.by ?? memberId };
      changeMember(world, actor, memberId, { nick: nickname });
      return stateOf(world, memberId);
    },
    giveRole: ({ memberId, roleId, ...input }) => {
      addRole(world, staffActor(world, input), memberId, roleId);
      return stateOf(world, memberId);
    },
    takeRole: ({ memberId, roleId, ...input }) => {
      removeRole(world, staffActor(world, input), memberId, roleId);
      return stateOf(world, memberId);
    },
    setTimeout: ({ memberId, until, ...input }) => {
      changeMember(world, staffActor(world, input), memberId, { communication_disabled_until: until });
      return stateOf(world, memberId);
    },
    setVoice: ({ memberId, channelId, ...flags }) => {
      ensureMember(world, memberId);
      if (channelId === null) leaveVoice(world, memberId);
      else joinVoice(world, memberId, channelId, flags);
      return done;
    },
  };
}

interface JoinInput {
  names?: string[];
  count?: number;
  userId?: Snowflake;
  bot?: boolean;
  dmsClosed?: boolean;
}

function usersToJoin(world: World, input: JoinInput): UserRecord[] {
  if (input.userId !== undefined) return [found(world.users.get(input.userId), 'unknownUser')];
  const random = seededRandom(world.users.size);
  const names = input.names ?? [];
  const count = Math.max(input.count ?? 0, names.length, 1);
  const account = { bot: input.bot ?? false, dmsOpen: input.dmsClosed !== true };
  return Array.from({ length: count }, (_, index) =>
    createUser(world, nameAt(names, index) ?? inventName(random), account),
  );
}

/** With more members than names, names are used again with a number. */
function nameAt(names: string[], index: number): string | undefined {
  const name = names[index % Math.max(1, names.length)];
  if (name === undefined || index < names.length) return name;
  return `${name} ${Math.floor(index / names.length) + 1}`;
}
