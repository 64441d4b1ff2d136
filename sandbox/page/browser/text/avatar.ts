// Avatars without a file: the first letter on a colour of one's own, as an image of a few hundred bytes.
import type { APIUser } from 'discord-api-types/v10';
import { nameOfUser } from './names.ts';

const COLORS = ['#5865f2', '#3a8a5c', '#b3541e', '#c4387a', '#7d4fd1', '#1f7a99', '#a8323a'];
const cache = new Map<string, string>();

/**
 * Makes somebody's avatar.
 * @param user the user
 * @returns an address for `<img src>`
 */
export function avatarOf(user: APIUser | undefined): string {
  const key = user ? `${user.id}/${nameOfUser(user)}` : '';
  const known = cache.get(key);
  if (known) return known;
  const avatar = user?.bot ? botAvatar(letterOf(nameOfUser(user))) : letterAvatar(user);
  cache.set(key, avatar);
  return avatar;
}

/** The lowest 22 bits of a snowflake say little: those above are the time. */
function letterAvatar(user: APIUser | undefined): string {
  const color = (user && COLORS[Number((BigInt(user.id) >> 22n) % BigInt(COLORS.length))]) ?? '#6b7280';
  return svg(
    `<rect width="80" height="80" fill="${color}"/>${letter(user ? letterOf(nameOfUser(user)) : '?')}`,
  );
}

function botAvatar(initial: string): string {
  const gradient =
    '<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="#7a3ff2"/>' +
    '<stop offset="1" stop-color="#e0417a"/></linearGradient></defs>';
  return svg(`${gradient}<rect width="80" height="80" fill="url(#g)"/>${letter(initial)}`);
}

function letter(initial: string): string {
  return (
    '<text x="40" y="54" text-anchor="middle" font-size="38" font-weight="600" fill="#fff" ' +
    `font-family="Noto Sans,Helvetica,Arial,sans-serif">${initial}</text>`
  );
}

function letterOf(name: string): string {
  // Letters alone: anything else could be markup, or a sign that takes all the room there is.
  return /[\p{L}\p{N}]/u.exec(name)?.[0]?.toUpperCase() ?? '?';
}

function svg(content: string): string {
  const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80">${content}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(image)}`;
}
