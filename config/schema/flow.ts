/** What the steps of an onboarding, its variants and its deadline must be together. */

import { type Duration, isDuration, toDuration, toMilliseconds } from '../../domain/duration.ts';
import {
  type OnboardingSettings,
  STANDARD_VARIANT,
  type StepTemplate,
  stepsOf,
  type VariantTemplate,
  variantNames,
  welcomeStep,
} from '../../domain/onboarding.ts';

/** Shares are parts of this. */
export const HUNDRED = 100;

/** What is wrong with a value, and where it is in the section `onboarding`. */
interface Problem {
  readonly path: PropertyKey[];
  readonly input: unknown;
  readonly message: string;
}

/** What is wrong with the flow and its variants, as far as it is not wrong with one value alone. */
export function problemsWithFlow(settings: OnboardingSettings): Problem[] {
  // A delay that cannot be read is named where it stands; without it nothing can be said of the whole.
  if (!delaysOf(settings).every(isDuration)) return [];
  return [
    ...missingWelcome(settings),
    ...repeatedOffers(settings),
    ...settings.variants.flatMap((variant, index) =>
      problemsWithVariant(variant, settings).map((problem) => ({
        ...problem,
        path: ['variants', index, ...problem.path],
      })),
    ),
    ...tooManyShares(settings),
    ...earlyDeadline(settings),
  ];
}

/** Several who join at once are welcomed together, where the welcome is. */
function missingWelcome({ steps }: OnboardingSettings): Problem[] {
  if (welcomeStep(steps) !== undefined) return [];
  return [{ path: ['steps'], input: steps, message: 'expected a step to a channel: the welcome' }];
}

/** Members who take no direct messages get all tips in one message, and Discord takes a menu or button once in a message. */
function repeatedOffers({ steps }: OnboardingSettings): Problem[] {
  return steps.flatMap((step, index) => {
    const offer = offerOf(step);
    const first = steps.find((other) => offerOf(other) === offer);
    if (offer === undefined || first === undefined || first === step) return [];
    const message = `the step "${first.name}" offers ${offer} already: offer them in one step`;
    return [{ path: ['steps', index, 'offers'], input: offer, message }];
  });
}

function offerOf(step: StepTemplate) {
  return step.to === 'dm' ? step.offers : undefined;
}

function problemsWithVariant(
  { name, without, steps: others }: VariantTemplate,
  { steps }: OnboardingSettings,
): Problem[] {
  const problems = [
    ...wrongSteps(without, steps, (place) => ['without', place]),
    ...wrongSteps(
      others.map((other) => other.name),
      steps,
      (place) => ['steps', place, 'name'],
    ),
  ];
  if (name === STANDARD_VARIANT) {
    problems.push({ path: ['name'], input: name, message: `"${name}" is what "steps" above describe` });
  }
  const welcome = welcomeStep(steps);
  if (welcome !== undefined && without.includes(welcome.name)) {
    const message = `"${welcome.name}" is the welcome, which nobody goes without: several who join at once share it`;
    problems.push({ path: ['without'], input: without, message });
  }
  return problems;
}

/** Names of steps that there are not, or that stand there twice. */
function wrongSteps(
  names: readonly string[],
  steps: readonly StepTemplate[],
  pathOf: (place: number) => PropertyKey[],
): Problem[] {
  const known = steps.map(({ name }) => name);
  return names.flatMap((name, place) => {
    const problem = { path: pathOf(place), input: name };
    if (!known.includes(name)) {
      return [{ ...problem, message: `there is no step "${name}": expected one of ${known.join(', ')}` }];
    }
    if (names.indexOf(name) === place) return [];
    return [{ ...problem, message: `the step "${name}" stands here twice: say it once` }];
  });
}

function tooManyShares({ variants }: OnboardingSettings): Problem[] {
  const sum = variants.reduce((total, { share }) => total + share, 0);
  if (sum <= HUNDRED) return [];
  const message = `the shares add up to ${sum}: more than a hundred`;
  return [{ path: ['variants'], input: variants, message }];
}

/** An onboarding times out when its deadline is over, whatever the member may still do. */
function earlyDeadline(settings: OnboardingSettings): Problem[] {
  const { within } = settings.completion;
  const late = variantNames(settings)
    .map((variant) => ({ variant, lastStepMs: lastStepMs(stepsOf(settings, variant)) }))
    .find((flow) => flow.lastStepMs >= toMilliseconds(within));
  if (late === undefined) return [];
  const whose = late.variant === STANDARD_VARIANT ? '' : ` in the variant "${late.variant}"`;
  const message = `must be longer than ${toDuration(late.lastStepMs)}, which is when the last step comes${whose}`;
  return [{ path: ['completion', 'within'], input: within, message }];
}

function lastStepMs(steps: readonly StepTemplate[]): number {
  return Math.max(0, ...steps.map(({ after }) => toMilliseconds(after)));
}

function delaysOf({ completion, steps, variants }: OnboardingSettings): Duration[] {
  const ofVariants = variants.flatMap((variant) => variant.steps).flatMap(({ after }) => after ?? []);
  return [completion.within, ...steps.map(({ after }) => after), ...ofVariants];
}
