// The emoji on offer, with the names that they are found by.

/** An emoji with its names, the first of which is shown. */
export interface Emoji {
  emoji: string;
  names: string[];
}

const TABLE = `
👍 thumbsup yes like
👎 thumbsdown no
❤️ heart love
🎉 tada party celebrate
😂 joy laugh
😄 smile happy
😊 blush
😍 heart_eyes
🤔 thinking
😮 open_mouth wow
😢 cry sad
😭 sob
😡 rage angry
😎 sunglasses cool
🙏 pray thanks please
👏 clap
🙌 raised_hands
💪 muscle strong
👀 eyes look
🔥 fire hot
💯 100 hundred
✨ sparkles
⭐ star
🌟 star2 glowing
🚀 rocket launch
✅ white_check_mark done yes
❌ x no
➕ plus
❓ question
❗ exclamation
💡 bulb idea
🐛 bug
🛠️ tools
💻 computer laptop code
🎨 art design
🎓 mortar_board learn
📚 books guide
📖 book read
📝 memo write
📌 pushpin pin
📅 date calendar
⏰ alarm_clock
📣 mega announce
💬 speech_balloon talk
👋 wave hello
🤝 handshake
👨‍💻 man_technologist developer
👩‍💻 woman_technologist developer
🧑‍🎨 artist designer
🏆 trophy
🥇 first_place
🥈 second_place
🥉 third_place
🎁 gift
🍕 pizza
☕ coffee
🌍 earth world
🌱 seedling new
🌈 rainbow
☀️ sunny
🌙 moon night
⚡ zap fast
🎵 musical_note
🎮 video_game
`;

/** All of them, in the order in which they are shown. */
export const EMOJI: Emoji[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [emoji = '', ...names] = line.split(' ');
    return { emoji, names };
  });
