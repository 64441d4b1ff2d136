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
    [{ GITHUB_TOKEN: 'very-secret' }, 'GITHUB_CLIENT_ID', 'GitHub'],
    [{ GITHUB_CLIENT_ID: 'very-secret' }, 'GITHUB_TOKEN', 'GitHub'],
    [{ X_CLIENT_ID: 'very-secret' }, 'X_CLIENT_SECRET', 'X'],
    [{ X_CLIENT_SECRET: 'very-secret' }, 'X_CLIENT_ID', 'X'],
    [{ LINKEDIN_CLIENT_ID: 'very-secret' }, 'LINKEDIN_CLIENT_SECRET', 'LinkedIn'],
    [{ YOUTUBE_CLIENT_SECRET: 'very-secret' }, 'YOUTUBE_CLIENT_ID', 'YouTube'],
  ])('leaves a platform out, or has both of what it needs', (given, missing, platform) => {
    expect(readEnvironment(complete)).not.toHaveProperty(missing);
    const message = messageOf(() => readEnvironment({ ...complete, ...given }));
    expect(message).toMatch(
      new RegExp(`${missing}: is not set: set .*, or neither to leave ${platform} out`),
    );
    expect(message).not.toContain('very-secret');
  });

  test('takes a key for tokens of the right size alone, and says how to make one', () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    expect(readEnvironment({ ...complete, TOKENS_KEY: key })).toMatchObject({ TOKENS_KEY: key });
    const message = messageOf(() => readEnvironment({ ...complete, TOKENS_KEY: 'very-secret' }));
    expect(message).toMatch(/TOKENS_KEY: expected 32 bytes in base64.*openssl rand -base64 32/);
    expect(message).not.toContain('very-secret');
  });

  test('takes the address of other platforms with or without a slash at its end', () => {
    for (const url of ['http://127.0.0.1:8482', 'http://127.0.0.1:8482/'])
      expect(readEnvironment({ ...complete, PLATFORMS_URL: url }).PLATFORMS_URL).toBe(
        'http://127.0.0.1:8482',
      );
    expect(messageOf(() => readEnvironment({ ...complete, PLATFORMS_URL: 'ftp://x' }))).toContain(
      'PLATFORMS_URL',
    );
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
