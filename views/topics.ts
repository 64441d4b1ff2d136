import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import { type Topic, topicButtonId } from '../domain/topics.ts';

/** How many buttons a row takes (Discord docs, "Action Row"). */
const BUTTONS_PER_ROW = 5;

/** Rows of buttons, one for each topic. */
export function topicRows(topics: readonly Topic[]): APIActionRowComponent<APIButtonComponentWithCustomId>[] {
  const rows = Math.ceil(topics.length / BUTTONS_PER_ROW);
  return Array.from({ length: rows }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: topics.slice(row * BUTTONS_PER_ROW, (row + 1) * BUTTONS_PER_ROW).map(topicButton),
  }));
}

function topicButton({ name, label, emoji }: Topic): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    custom_id: topicButtonId(name),
    label,
    ...(emoji !== undefined && { emoji: { name: emoji } }),
  };
}
