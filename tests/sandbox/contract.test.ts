/**
 * Every route of the local Discord, each driven at least once with success, against Discord's own description.
 * Runs where `DISCORD_OPENAPI` names that description.
 */

import { describe, expect, test } from '@jest/globals';
import { routes } from '../../sandbox/rest/routes.ts';
import { DiscordContract, descriptionFile } from '../support/discord-contract.ts';
import { drive } from './support/drive.ts';
import { useTestDiscord } from './support/use-test-discord.ts';

const whereDescribed = descriptionFile === undefined ? describe.skip : describe;

whereDescribed("Discord's OpenAPI description", () => {
  const discord = useTestDiscord({ recordExchanges: true });

  test('is kept by every route, in what is taken and in what is answered', async () => {
    await drive(discord());
    const { exchanges } = await discord().control.getExchanges();
    const driven = new Set(
      exchanges.filter(({ status }) => status < 400).map(({ method, route }) => `${method} ${route}`),
    );
    const contract = new DiscordContract(descriptionFile ?? '');
    expect(contract.checkExchanges(exchanges)).toEqual([]);
    expect(
      routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !driven.has(route)),
    ).toEqual([]);
  });
});
