// A small bot on discord.js that plays the product's part in the tests of the page: it greets, writes direct
// messages with a button and a select, answers commands, and opens a modal.
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  type ChatInputCommandInteraction,
  Client,
  DiscordAPIError,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  type GuildMember,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  type RepliableInteraction,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { LocalDiscord } from '../../../sandbox/start.ts';

const TOPICS = ['Particles', 'Shaders', 'Sound', 'Stage lights'];

const COMMANDS = [
  {
    name: 'learn',
    description: 'Find a lesson',
    options: [
      {
        name: 'topic',
        description: 'What about',
        type: ApplicationCommandOptionType.String,
        required: true,
        autocomplete: true,
      },
      {
        name: 'level',
        description: 'How far you are',
        type: ApplicationCommandOptionType.String,
        choices: [
          { name: 'First steps', value: 'first' },
          { name: 'Advanced', value: 'advanced' },
        ],
      },
    ],
  },
  { name: 'ponder', description: 'Thinks before it answers' },
  { name: 'Save as feedback', type: ApplicationCommandType.Message },
  { name: 'Show points', type: ApplicationCommandType.User },
] as const;

/** The labels of the modal's five inputs. */
export const INTRODUCTION = [
  'Name',
  'Where you live',
  'What you make',
  'Favourite operator',
  'Anything else',
];

/** A bot that is connected. */
export interface GreeterBot {
  client: Client<true>;
  /** Lets `/ponder` answer. */
  ponderNoLonger: () => void;
  stop: () => Promise<void>;
}

/**
 * Connects the bot.
 * @param discord where to
 * @returns the bot, once its commands are registered
 */
export async function startGreeterBot(discord: LocalDiscord): Promise<GreeterBot> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers, GatewayIntentBits.GuildMessages],
    rest: { api: discord.apiUrl },
  });
  const thought = Promise.withResolvers<void>();
  client.on(Events.Error, () => {
    // The connection is lost when a test restarts the server; discord.js comes back by itself.
  });
  client.on(Events.GuildMemberAdd, (member) => void greet(member).catch(ended));
  client.on(
    Events.InteractionCreate,
    (interaction) => void answer(interaction, thought.promise).catch(ended),
  );
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  const connected = await ready;
  await connected.application.commands.set([...COMMANDS], discord.guildId);
  return { client: connected, ponderNoLonger: thought.resolve, stop: () => client.destroy() };
}

/** What is under way when a test ends its server comes to nothing, and that is all right. */
function ended(error: unknown): void {
  if (error instanceof DiscordAPIError) throw error;
}

async function greet(member: GuildMember): Promise<void> {
  const { channels, roles } = member.guild;
  const welcome = channels.cache.find((channel) => channel.name === 'welcome');
  const orientation = channels.cache.find((channel) => channel.name === 'orientation');
  const newcomer = roles.cache.find((role) => role.name === 'Newcomer');
  if (welcome?.type !== ChannelType.GuildText || !newcomer) return;
  const embed = new EmbedBuilder()
    .setColor('Blue')
    .setTitle('Welcome to TiXL Community! 🚀')
    .setDescription(`Hi ${member}! We're excited to have you join us!`)
    .addFields({ name: 'Getting Started', value: `Check out ${orientation} to learn about our community` });
  await welcome.send({
    content: `${member} Welcome to TiXL! 🎉 We're thrilled to have you here.`,
    embeds: [embed],
  });
  await member.roles.add(newcomer);
  await member
    .send({
      content: '📚 Start your journey: [Community Guide](https://tixl.app/guide)',
      components: directMessageRows(),
    })
    .catch(() => {
      // Closed direct messages are an ordinary outcome.
    });
}

function directMessageRows(): (
  | ActionRowBuilder<ButtonBuilder>
  | ActionRowBuilder<StringSelectMenuBuilder>
)[] {
  const select = new StringSelectMenuBuilder()
    .setCustomId('role')
    .setPlaceholder('What do you do?')
    .addOptions(
      { label: 'Developer', value: 'developer', description: 'I write code', emoji: '👨‍💻' },
      { label: 'Designer', value: 'designer', description: 'I make things look good', emoji: '🎨' },
      { label: 'Learner', value: 'learner', description: 'I am new to this', emoji: '🎓' },
    );
  const introduce = new ButtonBuilder()
    .setCustomId('introduce')
    .setLabel('Introduce yourself')
    .setStyle(ButtonStyle.Primary);
  const ignore = new ButtonBuilder()
    .setCustomId('ignore')
    .setLabel('Stop these tips')
    .setStyle(ButtonStyle.Secondary);
  return [
    new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select),
    new ActionRowBuilder<ButtonBuilder>().addComponents(introduce, ignore),
  ];
}

async function answer(interaction: Interaction, thought: Promise<void>): Promise<void> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused().toLowerCase();
    const found = TOPICS.filter((topic) => topic.toLowerCase().includes(typed));
    await interaction.respond(found.map((topic) => ({ name: topic, value: topic.toLowerCase() })));
  } else if (interaction.isChatInputCommand()) {
    await answerCommand(interaction, thought);
  } else if (interaction.isStringSelectMenu()) {
    await interaction.update({ content: `You are a ${interaction.values.join(', ')} now.`, components: [] });
  } else if (interaction.isButton() && interaction.customId === 'introduce') {
    await interaction.showModal(introductionModal());
  } else if (interaction.isModalSubmit()) {
    await say(interaction, `Nice to meet you, ${interaction.fields.getTextInputValue('input-0')}!`);
  } else if (interaction.isUserContextMenuCommand()) {
    await say(interaction, `${interaction.targetUser.displayName} has 120 points.`);
  } else if (interaction.isMessageContextMenuCommand()) {
    await say(interaction, 'Saved as feedback.');
  }
  // The button "Stop these tips" is not answered, so that Discord says that it failed.
}

async function answerCommand(
  interaction: ChatInputCommandInteraction,
  thought: Promise<void>,
): Promise<void> {
  if (interaction.commandName === 'learn') {
    const level = interaction.options.getString('level') ?? 'any level';
    await say(interaction, `A lesson about ${interaction.options.getString('topic', true)} (${level}).`);
    return;
  }
  await interaction.deferReply();
  await thought;
  await interaction.editReply('I have thought about it.');
}

async function say(interaction: RepliableInteraction, content: string): Promise<void> {
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}

function introductionModal(): ModalBuilder {
  const rows = INTRODUCTION.map((label, index) =>
    new ActionRowBuilder<TextInputBuilder>().addComponents(
      new TextInputBuilder()
        .setCustomId(`input-${index}`)
        .setLabel(label)
        .setStyle(index === 4 ? TextInputStyle.Paragraph : TextInputStyle.Short)
        .setRequired(index < 4)
        .setMaxLength(100),
    ),
  );
  return new ModalBuilder().setCustomId('introduction').setTitle('Introduce yourself').addComponents(rows);
}
