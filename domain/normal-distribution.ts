/** The normal distribution, as far as it is needed to say how sure something is. */

/**
 * How many standard deviations above the mean so small a share of all values lies: 1.28 for 0.1. Right to 0.0005. Source of the formula:
 * Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.2.23.
 *
 * @param share above 0, and at most 0.5
 * @throws RangeError if it is not
 */
export function deviationsAbove(share: number): number {
  if (!(share > 0 && share <= 0.5)) throw new RangeError(`${share} is not above 0 and at most 0.5`);
  const t = Math.sqrt(-2 * Math.log(share));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return t - above / below;
}
