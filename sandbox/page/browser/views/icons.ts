// Icons, drawn on a grid of 24 by lines of one weight. They say nothing to a screen reader: what they stand on is
// named.
import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const SHAPES = {
  text: svg`<path d="M10 4 8 20M16 4l-2 16M5 9h15M4 15h15" />`,
  announcement: svg`<path d="M4 10v4h3l9 5V5l-9 5H4zM19 9.5a3.5 3.5 0 0 1 0 5M8 14l1.2 5h2.6" />`,
  voice: svg`<path d="M4 9.5v5h3.5L12 19V5L7.5 9.5H4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />`,
  stage: svg`<circle cx="12" cy="11" r="2.2" /><path d="M7.8 15.2a6 6 0 1 1 8.4 0M5 18a10 10 0 1 1 14 0M12 13.5V20" />`,
  forum: svg`<path d="M4 5h12v9H9l-3 3v-3H4zM19 9h1v9h-2v2.5L15.5 18H11" />`,
  thread: svg`<path d="M9 4 7.6 12M15 4l-1.2 7M5 8h14M4 13h7M14 15h6M14 18.500h4M12 13.500v6l2-1.5" />`,
  category: svg`<path d="m7 10 5 5 5-5" />`,
  dm: svg`<path d="M4 5h16v11H11l-5 4v-4H4z" />`,
  home: svg`<path d="M4 5h16v11H11l-5 4v-4H4z" /><path d="M8.5 9.500h7M8.5 12.500h4" />`,
  members: svg`<circle cx="9" cy="9" r="3.2" /><path d="M3 19c.6-3.3 3-5 6-5s5.4 1.7 6 5M15.5 6.200a3 3 0 0 1 0 5.600M17.5 14.400c1.9.6 3.1 2.2 3.5 4.6" />`,
  calendar: svg`<rect x="4" y="5.5" width="16" height="14.5" rx="2.5" /><path d="M4 10h16M8.5 3.500v4M15.5 3.500v4" />`,
  plus: svg`<path d="M12 5v14M5 12h14" />`,
  close: svg`<path d="m6 6 12 12M18 6 6 18" />`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16" />`,
  more: svg`<circle cx="5.5" cy="12" r="1.3" class="full" /><circle cx="12" cy="12" r="1.3" class="full" /><circle cx="18.5" cy="12" r="1.3" class="full" />`,
  reply: svg`<path d="M9.5 6 4 11.5 9.5 17M4.5 11.500H14c3.5 0 6 2 6 6" />`,
  smile: svg`<circle cx="12" cy="12" r="8.5" /><path d="M8.5 14c.8 1.5 2 2.2 3.5 2.200s2.7-.7 3.5-2.200M9 9.500v.5M15 9.500v.5" />`,
  edit: svg`<path d="M4.5 19.5 5.5 15 15.5 5l3.5 3.5-10 10zM13.5 7l3.5 3.5" />`,
  trash: svg`<path d="M5 7h14M10 7V4.500h4V7M7 7l1 12.500h8L17 7M10.5 10.500v6M13.5 10.500v6" />`,
  pin: svg`<path d="M9 4h6l-.7 6 3.2 3.500h-11L9.7 10zM12 13.500V20" />`,
  send: svg`<path d="M4 12 3.5 4.5 21 12 3.5 19.500zM4 12h8" />`,
  attach: svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 8v8M8 12h8" />`,
  file: svg`<path d="M6 3.500h8L18.5 8v12.500H6zM13.5 3.500V8.500h5" />`,
  columns: svg`<rect x="4" y="5" width="16" height="14" rx="2" /><path d="M12 5v14" />`,
  swap: svg`<path d="M7 4 4 7l3 3M4 7h12M17 14l3 3-3 3M20 17H8" />`,
  search: svg`<circle cx="10.5" cy="10.5" r="6" /><path d="m15 15 5 5" />`,
  sun: svg`<circle cx="12" cy="12" r="4" /><path d="M12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4" />`,
  moon: svg`<path d="M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z" />`,
  screen: svg`<rect x="3.5" y="5" width="17" height="11.5" rx="2" /><path d="M9 20h6M12 16.500V20" />`,
  help: svg`<circle cx="12" cy="12" r="8.5" /><path d="M9.5 9.500a2.6 2.6 0 1 1 3.6 2.400c-.8.4-1.1.9-1.1 1.800M12 16.800v.2" />`,
  tools: svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2" /><circle cx="9" cy="17" r="2" />`,
  join: svg`<circle cx="10" cy="9" r="3.3" /><path d="M4 19.500c.6-3.5 3-5.3 6-5.300s5.4 1.8 6 5.300M18.5 7v6M15.5 10h6" />`,
  leave: svg`<path d="M13 4.500H5.500v15H13M10 12h10M16.5 8.5 20 12l-3.5 3.5" />`,
  link: svg`<path d="M13 5h6v6M19 5l-8 8M10 6H5.500v12.500H18V14" />`,
  check: svg`<path d="m5 12.5 4.5 4.500L19 7.5" />`,
  down: svg`<path d="m6 9.5 6 6 6-6" />`,
  warn: svg`<path d="M12 4 3 19.500h18zM12 10v4.500M12 17v.2" />`,
  eye: svg`<path d="M3 12c2-4 5.2-6 9-6s7 2 9 6c-2 4-5.2 6-9 6s-7-2-9-6z" /><circle cx="12" cy="12" r="2.7" />`,
  mic: svg`<rect x="9.5" y="3.5" width="5" height="10" rx="2.5" /><path d="M6 11.500a6 6 0 0 0 12 0M12 17.500V21" />`,
  lock: svg`<rect x="5.5" y="10.5" width="13" height="9.5" rx="2" /><path d="M8.5 10.500V8a3.5 3.5 0 0 1 7 0v2.5" />`,
} satisfies Record<string, SVGTemplateResult>;

/** The names of the icons. */
export type IconName = keyof typeof SHAPES;

/**
 * Draws an icon.
 * @param name which
 * @returns the icon, in the colour of the text around it
 */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${SHAPES[name]}</svg>`;
}
