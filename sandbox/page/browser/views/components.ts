// What a bot puts below (or, in the second version, in place of) the text of a message: buttons, selects, sections,
// containers. Buttons and selects are our own: those of the component library know neither the keyboard nor a
// screen reader.
import type {
  APIButtonComponent,
  APIContainerComponent,
  APIMediaGalleryItem,
  APIMessage,
  APIMessageComponent,
  APIMessageComponentEmoji,
  APISectionComponent,
} from 'discord-api-types/v10';
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { componentKey, latestOn, pressButton } from '../store/interactions.ts';
import { markdown, safeAddress } from '../text/markdown.ts';
import { cssColor } from '../text/names.ts';
import { emojiText } from './emoji-text.ts';
import { icon } from './icons.ts';
import { shownImage } from './images.ts';
import { messageSelect } from './select-menu.ts';
import { contextOf, type View } from './view.ts';

type Drawn = TemplateResult | typeof nothing;

/**
 * Draws a message's components.
 * @param message the message
 * @param view the column
 * @returns what goes below the text
 */
export function componentsView(message: APIMessage, view: View): Drawn {
  const components = message.components ?? [];
  if (components.length === 0) return nothing;
  return html`
    <div slot="components" class="components">
      ${components.map((component) => componentView(component, message, view))} ${failureLine(message, view)}
    </div>
  `;
}

function failureLine(message: APIMessage, view: View): Drawn {
  const latest = latestOn(view.column.id, message.id);
  if (latest?.state.outcome.state !== 'failed') return nothing;
  return html`<p class="interaction-failed" role="alert">${icon('warn')} This interaction failed</p>`;
}

function componentView(component: APIMessageComponent, message: APIMessage, view: View): Drawn {
  switch (component.type) {
    case ComponentType.ActionRow:
      return html`<div class="action-row">${component.components.map((inner) => componentView(inner, message, view))}</div>`;
    case ComponentType.Button:
      return buttonView(component, message, view);
    case ComponentType.StringSelect:
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      return messageSelect(component, message, view);
    case ComponentType.TextDisplay:
      return html`<div class="text-display">${markdown(component.content, contextOf(view))}</div>`;
    case ComponentType.Section:
      return sectionView(component, message, view);
    case ComponentType.Container:
      return containerView(component, message, view);
    case ComponentType.Separator:
      return html`<div class="separator ${component.spacing === 2 ? 'wide' : ''} ${component.divider === false ? '' : 'line'}" role="separator"></div>`;
    case ComponentType.MediaGallery:
      return html`<div class="media-gallery">${component.items.map(mediaView)}</div>`;
    case ComponentType.Thumbnail:
      return mediaView(component);
    case ComponentType.File:
      return html`<div class="attachment-file">${icon('file')} <span class="attachment-name">${component.file.url.split('/').at(-1)}</span></div>`;
    default:
      return nothing;
  }
}

function sectionView(section: APISectionComponent, message: APIMessage, view: View): TemplateResult {
  return html`
    <div class="section">
      <div>${section.components.map((inner) => componentView(inner, message, view))}</div>
      <div class="accessory">${componentView(section.accessory, message, view)}</div>
    </div>
  `;
}

function containerView(container: APIContainerComponent, message: APIMessage, view: View): TemplateResult {
  const accent = container.accent_color;
  const contents = container.components.map((inner) => componentView(inner, message, view));
  return html`
    <div class="container">
      ${accent === null || accent === undefined ? nothing : html`<svg class="accent" aria-hidden="true"><rect width="4" height="100%" fill=${cssColor(accent)} /></svg>`}
      ${container.spoiler ? html`<details><summary>Spoiler</summary>${contents}</details>` : contents}
    </div>
  `;
}

function mediaView(item: Pick<APIMediaGalleryItem, 'media' | 'description'>): TemplateResult {
  const address = shownImage(item.media.url);
  const label = item.description ?? '';
  if (address) return html`<img class="media" src=${address} alt=${label} />`;
  return html`<span class="media-elsewhere">${icon('link')} ${label || item.media.url}</span>`;
}

const STYLES: Record<ButtonStyle, string> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: 'secondary',
  [ButtonStyle.Premium]: 'primary',
};

function buttonView(button: APIButtonComponent, message: APIMessage, view: View): TemplateResult {
  const classes = `button ${STYLES[button.style]}`;
  if (button.style === ButtonStyle.Link) {
    const address = safeAddress(button.url) ?? nothing;
    return html`<a class=${classes} href=${address} target="_blank" rel="noopener noreferrer">${buttonText(button)} ${icon('link')}</a>`;
  }
  if (button.style === ButtonStyle.Premium)
    return html`<button type="button" class=${classes} disabled>Premium</button>`;
  const place = { channelId: message.channel_id, messageId: message.id, customId: button.custom_id };
  const latest = latestOn(view.column.id, message.id);
  const busy = latest?.state.outcome.state === 'waiting' && latest.component === componentKey(place);
  const press = () => !busy && void pressButton(view.column, place);
  return html`
    <button type="button" class="${classes} ${busy ? 'busy' : ''}" ?disabled=${button.disabled ?? false} aria-busy=${busy} @click=${press}>
      ${buttonText(button)}
    </button>
  `;
}

function buttonText(button: { label?: string; emoji?: APIMessageComponentEmoji }): TemplateResult {
  return html`${emojiText(button.emoji)}${button.label ? html`<span>${button.label}</span>` : nothing}`;
}
