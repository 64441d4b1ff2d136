import { describe, expect, test } from '@jest/globals';
import { readEnvironment } from '../../config/environment.ts';

const complete = {
  DISCORD_BOT_TOKEN: 'very-secret-token',
  DISCORD_GUILD_ID: '1300000000000000001',
  DATABASE_URL: 'postgresql://tixl:very-secret-password@127.0.0.1/tixl_community',
};

describe('the environment', () => {
  test('has defaults for all but the addresses and secrets that only the operator knows', () => {
    expect(readEnvironment(complete)).toMatchObject({
      DISCORD_API_URL: 'https://discord.com/api',
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      LOG_FORMAT: 'json',
    });
  });

  test('names everything that is missing; an empty value counts as missing', () => {
    expect(() => readEnvironment({ DISCORD_BOT_TOKEN: '' })).toThrow(
      /DISCORD_BOT_TOKEN: is not set.*DISCORD_GUILD_ID: is not set.*DATABASE_URL: is not set/s,
    );
  });

  test.each([
    [{ GITHUB_TOKEN: 'very-secret' }, 'GITHUB_CLIENT_ID'],
    [{ GITHUB_CLIENT_ID: 'very-secret' }, 'GITHUB_TOKEN'],
  ])('leaves GitHub out, or has both of what it needs', (given, missing) => {
    expect(readEnvironment(complete)).not.toHaveProperty(missing);
    const message = messageOf(() => readEnvironment({ ...complete, ...given }));
    expect(message).toMatch(new RegExp(`${missing}: is not set: set .*, or neither`));
    expect(message).not.toContain('very-secret');
  });

  test('says what is wrong without showing a value, which may be a secret', () => {
    const wrong = {
      ...complete,
      DATABASE_URL: 'very-secret-password',
      DISCORD_GUILD_ID: 'very-secret-token',
    };
    const message = messageOf(() => readEnvironment(wrong));
    expect(message).toContain('DATABASE_URL');
    expect(message).toContain('DISCORD_GUILD_ID: expected the 17 to 20 digits of a guild id');
    expect(message).not.toContain('very-secret');
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
