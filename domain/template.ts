/** Texts with placeholders, as staff write them: `Hi {member}, look into {#orientation} and read {guide}.` */

const PLACEHOLDER = /\{([^{}\n]+)\}/g;

/** What a placeholder can stand for. */
export type Placeholder =
  | { readonly kind: 'channel'; readonly name: string }
  | { readonly kind: 'value'; readonly name: string };

/** Gives the text for a placeholder. */
export type Fill = (placeholder: Placeholder) => string;

function toPlaceholder(inner: string): Placeholder {
  return inner.startsWith('#') ? { kind: 'channel', name: inner.slice(1) } : { kind: 'value', name: inner };
}

/** The placeholders in `text`, in order. */
export function placeholdersIn(text: string): Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, inner = '']) => toPlaceholder(inner));
}

/** `text` with each placeholder replaced by what `fill` gives. What is filled in is not looked at again. */
export function fillTemplate(text: string, fill: Fill): string {
  return text.replace(PLACEHOLDER, (_, inner: string) => fill(toPlaceholder(inner)));
}
