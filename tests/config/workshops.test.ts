import { beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { namesIn } from '../../config/names.ts';
import { type CommunityConfig, communitySchema } from '../../config/schema.ts';
import type { WorkshopSettings } from '../../domain/workshops.ts';

let config: CommunityConfig;
let settings: WorkshopSettings;
beforeAll(async () => {
  config = await loadConfig([COMMUNITY_FILE]);
  settings = config.workshops;
});

/** What the schema says against TiXL's configuration with these changes of its workshops. */
function problemsWith(changes: object): string[] {
  const result = communitySchema.safeParse({ ...config, workshops: { ...settings, ...changes } });
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`);
}

const slot = {
  ...{ name: 'one', weekday: 'monday', at: '19:00', kind: 'workshop' },
  ...{ title: 'One', description: 'What happens', channel: 'Workshop room' },
};
const { channel: _, ...nowhere } = slot;

describe('the workshops of the configuration', () => {
  test("are TiXL's six, at the same time of day, with Sunday off", () => {
    expect(settings.timeZone).toBe('Europe/Berlin');
    expect(settings.slots.map(({ weekday, kind, at }) => [weekday, kind, at])).toEqual([
      ['monday', 'training', '19:00'],
      ['tuesday', 'workshop', '19:00'],
      ['wednesday', 'showcase', '19:00'],
      ['thursday', 'ama', '19:00'],
      ['friday', 'workshop', '19:00'],
      ['saturday', 'hackathon', '10:00'],
    ]);
  });

  test('name the channels in which members meet', () => {
    expect(namesIn(config).channels).toEqual(
      expect.arrayContaining([
        { name: 'Workshop room', key: 'workshops.slots.beginner-workshop.channel' },
        { name: 'Town Hall', key: 'workshops.slots.ama-session.channel' },
      ]),
    );
  });

  test('open six days ahead if nobody says otherwise, and may be none', () => {
    const { openAhead: _, ...rest } = { ...settings, slots: [] };
    const result = communitySchema.parse({ ...config, workshops: rest });
    expect(result.workshops).toMatchObject({ openAhead: 6, slots: [] });
  });

  test('can be behind a link, for so many, with a host and a length of their own', () => {
    const more = {
      link: 'https://meet.example/tixl',
      capacity: 12,
      host: '1300000000000000001',
      duration: '2h',
    };
    expect(problemsWith({ slots: [{ ...nowhere, ...more }] })).toEqual([]);
  });
});

describe('workshops are refused', () => {
  test.each<[string, object, string]>([
    ['of no kind', { slots: [{ ...slot, kind: 'workshp' }] }, 'slots.0.kind: "workshp" is no kind of event'],
    ['on no weekday', { slots: [{ ...slot, weekday: 'funday' }] }, 'slots.0.weekday: Invalid option'],
    [
      'at no time of day',
      { slots: [{ ...slot, at: '25:00' }] },
      'slots.0.at: expected a time of day such as 09:00',
    ],
    [
      'at no place',
      { slots: [nowhere] },
      'slots.0.channel: expected either a channel or a link, where members meet',
    ],
    [
      'at two places',
      { slots: [{ ...slot, link: 'https://meet.example' }] },
      'slots.0.channel: expected either a channel or a link, where members meet',
    ],
    [
      'behind what is no address',
      { slots: [{ ...nowhere, link: 'ftp://meet.example' }] },
      'slots.0.link: expected an address that begins with https://',
    ],
    [
      'behind an address that Discord does not take',
      { slots: [{ ...nowhere, link: `https://meet.example/${'x'.repeat(100)}` }] },
      'slots.0.link: Discord takes at most 100 characters',
    ],
    [
      'of one name',
      { slots: [slot, slot] },
      'slots.1.name: there is a workshop "one" already: give each workshop a name of its own',
    ],
    [
      'that are called all',
      { slots: [{ ...slot, name: 'all' }] },
      'slots.0.name: "all" stands for every workshop: choose another name',
    ],
    ['for nobody', { slots: [{ ...slot, capacity: 0 }] }, 'slots.0.capacity: expected at least 1'],
    [
      'with a host who is no id',
      { slots: [{ ...slot, host: 'lena' }] },
      'slots.0.host: expected the id of a member, in quotes',
    ],
    [
      'without a length',
      { slots: [{ ...slot, duration: '0m' }] },
      'slots.0.duration: expected more than nothing',
    ],
    [
      'with a title that Discord does not take',
      { slots: [{ ...slot, title: 'x'.repeat(101) }] },
      'slots.0.title: ',
    ],
    [
      'with a description that Discord does not take',
      { slots: [{ ...slot, description: 'x'.repeat(901) }] },
      'slots.0.description: ',
    ],
    ['on the day itself', { openAhead: 0 }, 'openAhead: expected 1 to 14 days'],
    ['a month ahead', { openAhead: 30 }, 'openAhead: expected 1 to 14 days'],
    ['nowhere on Earth', { timeZone: 'Europe/Atlantis' }, 'timeZone: expected the name of a time zone'],
    [
      'in more than Discord offers',
      { slots: Array.from({ length: 25 }, (_, index) => ({ ...slot, name: `n${index}` })) },
      'slots: Discord offers at most 24 of them beside all',
    ],
  ])('%s', (_, changes, problem) => {
    expect(problemsWith(changes).join('\n')).toContain(problem);
  });
});
