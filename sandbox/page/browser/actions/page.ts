// What concerns the page itself.
import { savePreferences } from '../store/preferences.ts';
import type { Theme } from '../store/state.ts';
import { update } from '../store/store.ts';

/**
 * Chooses a theme; it is remembered.
 * @param theme the theme
 */
export function setTheme(theme: Theme): void {
  savePreferences({ theme });
  update((state) => {
    state.theme = theme;
  });
}

/**
 * Opens or closes the staff panel.
 * @param open whether it is open from now on
 */
export function openStaffPanel(open: boolean): void {
  update((state) => {
    state.staffPanel = { ...state.staffPanel, open };
  });
}

/**
 * Shows one of the first steps.
 * @param step its number, from 0; null closes them for good
 */
export function showFirstStep(step: number | null): void {
  if (step === null) savePreferences({ firstStepsSeen: true });
  update((state) => {
    state.firstStep = step;
  });
}
