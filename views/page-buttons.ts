import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10';

/** Which page is shown, of how many. Pages count from 1. */
interface Page {
  readonly page: number;
  readonly pages: number;
}

/** A row with two buttons to the pages beside this one; no row where there is one page. */
export function pageButtons(
  { page, pages }: Page,
  labels: { readonly before: string; readonly after: string },
  customId: (page: number) => string,
) {
  if (pages === 1) return [];
  const button = (to: number, label: string): APIButtonComponent => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: customId(to),
    label,
    disabled: to < 1 || to > pages,
  });
  const components = [button(page - 1, labels.before), button(page + 1, labels.after)];
  return [{ type: ComponentType.ActionRow as const, components }];
}
