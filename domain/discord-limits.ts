/** How much Discord takes, where several of us have to know it. Behind each is where Discord's reference says so. */
export const DISCORD_LIMITS = {
  /** Characters of a message ("Create Message"). */
  message: 2_000,
  /** Characters of the mark by which a message is sent once ("Create Message"). */
  nonce: 25,
  /** Characters of what an embed holds, and of all of that together ("Embed Limits"). */
  embedTitle: 256,
  embedDescription: 4_096,
  embedFieldValue: 1_024,
  embedUrl: 2_048,
  embedTotal: 6_000,
  /** How many fields an embed has ("Embed Limits"). */
  embedFields: 25,
  /** Characters of what is said of a file for who cannot see it ("Attachment Object"). */
  fileDescription: 1_024,
  /** Characters on a button ("Button Object"). */
  buttonLabel: 80,
  /** Characters of what stands in a menu, and how many things one can choose from ("String Select"). */
  selectPlaceholder: 150,
  selectOption: 100,
  selectOptions: 25,
  /** Characters of a form's title, and of what stands above one of its inputs ("Modal", "Label"). */
  formTitle: 45,
  formLabel: 45,
  /** How many values are offered for an option while somebody types ("Application Commands"). */
  offeredValues: 25,
  /** Characters of what stands for such a value ("Application Commands"). */
  offeredName: 100,
  /** Characters of the name of a channel or role ("Channel Object", "Role Object"). */
  name: 100,
} as const;
