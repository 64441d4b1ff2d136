/** How the series of a chart are told apart: by colour, and by marker and dashes for who cannot tell the colours. */

import type { Platform } from '../../domain/platforms.ts';
import { THEME } from './theme.ts';

/** How a series looks. */
export interface SeriesLook {
  /** It keeps a contrast of 4.5 to 1 on the background. */
  readonly color: string;
  /** By its name in chart.js. `crossRot` is an x, `rectRot` a diamond. */
  readonly marker: 'circle' | 'crossRot' | 'rect' | 'triangle' | 'rectRot';
  /** Lengths of strokes and gaps, in units; none: a line without gaps. As bars, a series with dashes is drawn by its edges. */
  readonly dash: readonly number[];
}

/** The same for a platform in every chart. */
export const PLATFORM_LOOKS: Readonly<Record<Platform, SeriesLook>> = {
  discord: { color: '#9aa8ff', marker: 'circle', dash: [] },
  x: { color: '#f4f5f7', marker: 'crossRot', dash: [2, 4] },
  linkedin: { color: '#4fc3f7', marker: 'rect', dash: [9, 4] },
  youtube: { color: '#ff8a7a', marker: 'triangle', dash: [12, 4, 2, 4] },
  github: { color: '#7ddc8f', marker: 'rectRot', dash: [5, 3] },
};

/** What a chart is about, if that is not a platform. */
export const MAIN_LOOK: SeriesLook = { color: THEME.accent, marker: 'circle', dash: [] };

/** What it is compared with. */
export const COMPARED_LOOK: SeriesLook = { color: THEME.textSoft, marker: 'rectRot', dash: [6, 4] };
