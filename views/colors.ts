import type { EmbedColor } from '../domain/embed.ts';

/** The colours of embeds, as Discord takes them. */
export const COLORS: Readonly<Record<EmbedColor, number>> = {
  blue: 0x3498db,
  green: 0x2ecc71,
  gold: 0xf1c40f,
  red: 0xe74c3c,
  grey: 0x95a5a6,
};
