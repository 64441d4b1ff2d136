/** Messages, commands and a modal that use everything that there is. */

/** A message with everything that the first kind of components allows. */
export const everyField = {
  content: 'Hello **all**',
  embeds: [
    {
      title: 'Title',
      description: 'Description',
      url: 'https://tixl.app',
      color: 0x3498db,
      timestamp: '2026-01-01T00:00:00.000Z',
      footer: { text: 'Footer', icon_url: 'https://tixl.app/icon.png' },
      image: { url: 'https://tixl.app/image.png' },
      thumbnail: { url: 'attachment://note.txt' },
      author: { name: 'Author', url: 'https://tixl.app' },
      fields: [{ name: 'Name', value: 'Value', inline: true }],
    },
  ],
  components: [
    {
      type: 1,
      components: [
        { type: 2, style: 1, label: 'Press', custom_id: 'press' },
        { type: 2, style: 5, label: 'Open', url: 'https://tixl.app' },
        { type: 2, style: 2, emoji: { name: '🎉' }, custom_id: 'party', disabled: true },
      ],
    },
    {
      type: 1,
      components: [
        {
          type: 3,
          custom_id: 'choose',
          placeholder: 'Choose',
          max_values: 2,
          options: [
            { label: 'One', value: '1', description: 'The first', emoji: { name: '1️⃣' } },
            { label: 'Two', value: '2' },
          ],
        },
      ],
    },
    ...[5, 6, 7, 8]
      .slice(0, 3)
      .map((type) => ({ type: 1, components: [{ type, custom_id: `select-${type}` }] })),
  ],
};

/** A message of components of the second kind. */
export const componentsV2 = {
  flags: 1 << 15,
  components: [
    {
      type: 17,
      accent_color: 0x3498db,
      components: [
        { type: 10, content: '# Heading' },
        {
          type: 9,
          components: [{ type: 10, content: 'Text beside a button' }],
          accessory: { type: 2, style: 2, label: 'Press', custom_id: 'v2-press' },
        },
        { type: 14, divider: true, spacing: 2 },
        { type: 12, items: [{ media: { url: 'https://tixl.app/image.png' }, description: 'A picture' }] },
        { type: 1, components: [{ type: 8, custom_id: 'v2-channel', channel_types: [0] }] },
      ],
    },
  ],
};

/** A form with one file. */
export function formWithFile(payload: object): FormData {
  const form = new FormData();
  form.set('payload_json', JSON.stringify(payload));
  form.set('files[0]', new Blob(['A note'], { type: 'text/plain' }), 'note.txt');
  return form;
}

/** A chat command with subcommands and every type of option, and both context menus. */
export const commands = [
  {
    name: 'demo',
    description: 'Shows everything',
    options: [
      {
        type: 1,
        name: 'all',
        description: 'All types of options',
        options: [
          { type: 3, name: 'text', description: 'Text', required: true, autocomplete: true },
          { type: 4, name: 'number', description: 'A whole number', min_value: 1, max_value: 10 },
          { type: 5, name: 'flag', description: 'Yes or no' },
          { type: 6, name: 'user', description: 'A user' },
          { type: 7, name: 'channel', description: 'A channel', channel_types: [0] },
          { type: 8, name: 'role', description: 'A role' },
          { type: 9, name: 'mentionable', description: 'A user or a role' },
          { type: 10, name: 'fraction', description: 'A number' },
          { type: 11, name: 'file', description: 'A file' },
          { type: 3, name: 'choice', description: 'A choice', choices: [{ name: 'One', value: 'one' }] },
        ],
      },
    ],
  },
  { type: 2, name: 'Greet' },
  { type: 3, name: 'Report' },
];

/** A modal with one text input and one select. */
export const modal = {
  custom_id: 'modal',
  title: 'Tell us',
  components: [
    { type: 18, label: 'Name', component: { type: 4, custom_id: 'name', style: 1, max_length: 50 } },
    {
      type: 18,
      label: 'Kind',
      description: 'What it is about',
      component: {
        type: 3,
        custom_id: 'kind',
        options: [
          { label: 'Bug', value: 'bug' },
          { label: 'Idea', value: 'idea' },
        ],
      },
    },
  ],
};
