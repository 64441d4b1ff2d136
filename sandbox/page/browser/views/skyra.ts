// The web components that draw messages as Discord does, and our colours in them. They keep their style sheets in
// shadow roots and know the colours of two themes by heart; a sheet appended to each puts the page's variables in
// their place, so that theme and contrast are decided in styles/theme.css alone.
import { DiscordAuthorInfo } from '@skyra/discord-components-core/discord-author-info.js';
import { DiscordEmbed } from '@skyra/discord-components-core/discord-embed.js';
import '@skyra/discord-components-core/discord-embed-description.js';
import { DiscordEmbedField } from '@skyra/discord-components-core/discord-embed-field.js';
import '@skyra/discord-components-core/discord-embed-fields.js';
import { DiscordEmbedFooter } from '@skyra/discord-components-core/discord-embed-footer.js';
import { DiscordMention } from '@skyra/discord-components-core/discord-mention.js';
import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-messages.js';
import { DiscordReply } from '@skyra/discord-components-core/discord-reply.js';
import { DiscordSystemMessage } from '@skyra/discord-components-core/discord-system-message.js';
import { DiscordTime } from '@skyra/discord-components-core/discord-time.js';
import { DiscordVerifiedAuthorTag } from '@skyra/discord-components-core/discord-verified-author-tag.js';
import { type CSSResult, css, type LitElement } from 'lit';

const SHEETS: [typeof LitElement, CSSResult][] = [
  [
    DiscordMessage,
    css`
      :host { color: var(--text); font-family: var(--font); font-size: 1rem; padding-left: 1rem; }
      :host, :host([highlight]), :host([ephemeral]) { padding-right: 1.5rem; }
      :host(:hover), :host([ephemeral]:hover) { background-color: var(--row-hover); }
      :host([highlight]), :host([highlight]:hover) { background-color: var(--mention-row); }
      :host([highlight])::before { background-color: var(--mention-edge); }
      .discord-message-timestamp, .discord-message-edited { color: var(--text-muted) !important; }
      .discord-message-timestamp { font-size: 0.75rem; }
      .discord-message-body-only-indent { flex: none; margin-left: 0; font-size: 0.6875rem; line-height: 1.375rem; }
      .discord-author-avatar { margin-top: 2px; }
      .discord-author-avatar img { cursor: pointer; }
      .discord-message-content { min-width: 0; line-height: 1.375; }
      .discord-message-inner-center { align-items: flex-start; }
      .discord-message-edited { font-size: 0.6875rem; margin-left: 0.25rem; }
      /* Marks heaped on one letter stay with their message. */
      .discord-message-body { overflow: clip; overflow-clip-margin: 4px; }
      .discord-message-body, .discord-message-markup { overflow-wrap: anywhere; word-break: normal; }
      .discord-message-markup { line-height: 1.375rem; }
    `,
  ],
  [
    DiscordAuthorInfo,
    css`
      :host { max-width: 100%; }
      :host .discord-author-username { color: var(--text-strong); overflow-wrap: anywhere; unicode-bidi: isolate; }
    `,
  ],
  [
    DiscordVerifiedAuthorTag,
    css`
      :host .discord-application-tag { background-color: var(--brand-strong); margin-left: 0.25rem; font-weight: 600; }
    `,
  ],
  [
    DiscordEmbed,
    css`
      :host { color: var(--text); margin: 4px 0; line-height: 1.375; }
      :host .discord-left-border { background-color: var(--embed-edge); }
      :host .discord-embed-root { flex: 0 1 auto; }
      :host .discord-embed-wrapper { background-color: var(--embed); border-color: var(--line); max-width: 520px; min-width: 0; }
      :host .discord-embed-wrapper .discord-embed-grid { grid-template-columns: minmax(0, auto); overflow-wrap: anywhere; padding: 0.5rem 1rem 1rem 0.75rem; }
      :host .discord-embed-title, :host .discord-embed-author, :host .discord-embed-author a { color: var(--text-strong); }
      :host .discord-embed-title a { color: var(--link); }
      :host .discord-embed-provider { color: var(--text-muted); }
      :host .discord-embed-image { max-width: 100%; }
    `,
  ],
  [DiscordEmbedField, css`:host .discord-field-title { color: var(--text-strong); }`],
  [
    DiscordEmbedFooter,
    css`
      :host, :host .discord-footer-separator { color: var(--text-muted); }
    `,
  ],
  [
    DiscordMention,
    css`
      :host { color: var(--mention-text); background-color: var(--mention); border-radius: 3px; }
      :host(:hover) { color: #fff; background-color: var(--brand-strong); }
      :host(:focus-visible) { outline: 2px solid var(--focus); outline-offset: 1px; }
      .no-wrap { white-space: nowrap; }
    `,
  ],
  [
    DiscordReply,
    css`
      :host { color: var(--text-muted); font-family: var(--font); overflow: hidden; padding-bottom: 2px; margin-bottom: 0; }
      :host::before { border-color: var(--line-strong) !important; }
      .discord-replied-message-username { color: var(--text-strong); opacity: 1; overflow: hidden; text-overflow: ellipsis; max-width: 40%; }
      .discord-replied-message-content { overflow: hidden; min-width: 0; }
      .discord-replied-message-content:hover { color: var(--text-strong); }
      .discord-application-tag { background-color: var(--brand-strong); }
    `,
  ],
  [
    DiscordSystemMessage,
    css`
      :host { color: var(--text-muted); font-family: var(--font); margin-top: 0; }
      :host(:hover) { background-color: var(--row-hover); }
      :host .discord-message-timestamp { color: var(--text-muted); font-size: 0.75rem; margin-left: 0.5rem; white-space: nowrap; }
    `,
  ],
  [DiscordTime, css`:host { background-color: var(--time); white-space: normal; }`],
];

/** Puts the page's colours into the components; to be called once, before any of them is shown. */
export function themeComponents(): void {
  for (const [component, sheet] of SHEETS) component.elementStyles.push(sheet.styleSheet ?? sheet);
}
