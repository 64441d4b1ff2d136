/** Embeds as staff write them in the configuration. */

/** The colours that the configuration offers for embeds. */
export const EMBED_COLORS = ['blue', 'green', 'gold', 'red', 'grey'] as const;
export type EmbedColor = (typeof EMBED_COLORS)[number];

/** An embed as staff write it. Its texts may hold placeholders. */
export interface EmbedTemplate {
  readonly title: string;
  readonly description: string;
  readonly color: EmbedColor;
  /** The address behind the title. */
  readonly link: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}
