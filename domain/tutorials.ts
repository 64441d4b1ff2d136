/** Tutorials that members add: which of them are taken, how staff decide on them, and who has done them. */

import type { Duration } from './duration.ts';
import { type GuildId, type InteractionId, type MemberId, toInteractionId } from './ids.ts';

/** What members read of tutorials. The texts may hold placeholders. */
export interface TutorialTexts {
  readonly submitted: string;
  readonly badLink: string;
  readonly badTitle: string;
  readonly thereAlready: string;
  readonly tooManyWaiting: string;
  readonly published: string;
  readonly completions: string;
  readonly done: string;
  readonly doneAlready: string;
  readonly undone: string;
  readonly ownTutorial: string;
  readonly declined: string;
  readonly expired: string;
  readonly removed: string;
  readonly takenOff: string;
  readonly listTitle: string;
  readonly listEntry: string;
  readonly listEmpty: string;
}

/** The configuration's section `recognition.tutorials`. */
export interface TutorialSettings {
  /** Where staff are asked. */
  readonly reviewChannel: string;
  /** Where tutorials are published. */
  readonly channel: string;
  /** How many tutorials of one member can wait for staff at a time. */
  readonly mostWaiting: number;
  /** When staff are asked again. */
  readonly remindAfter: Duration;
  /** When nobody waits for staff any more. */
  readonly decideWithin: Duration;
  /** Whether the author is told by direct message that a tutorial was not taken. */
  readonly tellAuthor: boolean;
  /** The address behind the headline of that message. */
  readonly link: string;
  readonly doneButton: string;
  readonly undoButton: string;
  readonly texts: TutorialTexts;
}

/** A tutorial by its ids: what may stand in a history. Its own id is that of the command that added it. */
export interface TutorialRef {
  readonly guildId: GuildId;
  readonly tutorialId: InteractionId;
  readonly authorId: MemberId;
}

/** Where a tutorial stands. `expired`: staff have not decided in time. `removed`: they have taken it off the list again. */
export type TutorialState = 'waiting' | Verdict | 'expired' | 'removed';
export type Verdict = 'approved' | 'declined';

/** A tutorial with its author's words and those of staff: they stay in the database. Times in ms since 1970. */
export interface Tutorial extends TutorialRef {
  readonly title: string;
  readonly description: string | null;
  readonly link: string;
  readonly state: TutorialState;
  readonly submittedAt: number;
  readonly staffId: MemberId | null;
  readonly decidedAt: number | null;
  readonly quality: number | null;
  readonly reason: string | null;
}

/** A tutorial as a member adds it. */
export interface NewTutorial extends TutorialRef {
  readonly title: string;
  readonly description: string | null;
  readonly link: ReadLink;
}

/** What became of adding a tutorial. */
export type Submission =
  | { readonly kind: 'submitted' }
  | { readonly kind: 'there already'; readonly tutorial: Pick<Tutorial, 'title' | 'authorId'> }
  | { readonly kind: 'too many waiting' };

/** What staff say of a tutorial. */
export interface Decision {
  readonly verdict: Verdict;
  readonly staffId: MemberId;
  /** From 1 to 5. */
  readonly quality?: number;
}

/** What became of a decision. The first one stands. */
export type DecisionResult =
  | { readonly kind: 'decided' }
  | {
      readonly kind: 'decided before';
      readonly state: Exclude<TutorialState, 'waiting'>;
      readonly staffId: MemberId | null;
    }
  /** Points are not given to oneself. */
  | { readonly kind: 'own tutorial' }
  | { readonly kind: 'no such tutorial' };

/** What became of taking a tutorial off the list. */
export type RemovalResult = 'removed' | 'not in the list' | 'no such tutorial';

/** What became of noting that a member has done a tutorial, or of taking that back. */
export type CompletionResult = 'noted' | 'noted already' | 'taken back' | 'own tutorial' | 'no such tutorial';

/** How many have done a tutorial, and how many of the active members have. */
export interface Completions {
  readonly completions: number;
  readonly byActive: number;
}

/** A page of the tutorials that were approved, from the newest on. */
export interface TutorialPage {
  readonly tutorials: readonly (Tutorial & Completions)[];
  readonly page: number;
  readonly pages: number;
  readonly activeMembers: number;
}

/** What there is to know of all tutorials: how many stand where, how often they were done, and what waits for staff. */
export interface TutorialStatistics {
  readonly counts: Readonly<Record<TutorialState, number>>;
  readonly completions: number;
  /** How many different members have done one. */
  readonly membersWhoDidOne: number;
  readonly waiting: readonly Tutorial[];
}

/** Discord's command takes no more either. */
export const LINK_LENGTH = 500;
export const TITLE_LENGTH = 100;
export const DESCRIPTION_LENGTH = 1_000;
export const REASON_LENGTH = 500;
/** So many go into one embed, however long their titles and links are. */
export const TUTORIALS_PER_PAGE = 5;
/** A member is active who has got points, or has done a tutorial, within this time. */
export const ACTIVE_WITHIN_DAYS = 30;

/** A link as it is shown, and what is the same for links to the same place. */
export interface ReadLink {
  readonly address: string;
  readonly key: string;
}

/** Parameters that say where somebody has come from, and not where the link leads. */
const TRACKING = /^(?:utm_.*|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|si)$/i;

/**
 * Reads a link. Undefined if it is none to a web page (http or https, with the name of a host), if it has a name and password
 * in it, or is too long.
 */
export function readLink(text: string): ReadLink | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LINK_LENGTH || !URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  const isNamed = /^[^.[\]]+(\.[^.[\]]+)*\.[a-z][a-z\d-]*$/.test(url.hostname);
  if (!isWeb || !isNamed || url.username !== '' || url.password !== '') return undefined;
  // Brackets would end the link in a list, where it stands behind the title.
  const address = url.href.replaceAll('(', '%28').replaceAll(')', '%29');
  return address.length > LINK_LENGTH ? undefined : { address, key: keyOf(new URL(address)) };
}

/** The case of the host and the default port are gone already: that is how addresses are read. */
function keyOf({ host, pathname, searchParams }: URL): string {
  const parameters = new URLSearchParams([...searchParams].filter(([name]) => !TRACKING.test(name)));
  const query = parameters.size === 0 ? '' : `?${parameters}`;
  return `${host}${pathname.replace(/\/+$/, '')}${query}`;
}

/** A title as it is kept: one line. Undefined if there is nothing to read in it, or too much. */
export function readTitle(text: string): string | undefined {
  const title = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const isReadable = /[\p{L}\p{N}\p{P}\p{S}]/u.test(title);
  return isReadable && title.length <= TITLE_LENGTH ? title : undefined;
}

/** How many of a hundred active members have done a tutorial. */
export function completionPercent(byActive: number, activeMembers: number): number {
  return activeMembers === 0 ? 0 : Math.round((byActive / activeMembers) * 100);
}

/** The id of the workflow that leads a tutorial through its review (design: "Identity"). */
export function tutorialWorkflowId({ guildId, tutorialId }: TutorialPlace): string {
  return `tutorial/${guildId}/${tutorialId}`;
}

/** The id of the workflow that says everywhere that a tutorial was taken off the list. */
export function tutorialRemovalId({ guildId, tutorialId }: TutorialPlace): string {
  return `tutorial-removal/${guildId}/${tutorialId}`;
}

/** The id of the workflow that keeps up to date what is said of who has done a tutorial. */
export function tutorialCountId({ guildId, tutorialId }: TutorialPlace): string {
  return `tutorial-count/${guildId}/${tutorialId}`;
}

/** What the points of a tutorial come from: once. */
export function tutorialCause({ tutorialId }: Pick<TutorialRef, 'tutorialId'>): string {
  return `tutorial/${tutorialId}`;
}

/** Where a tutorial is, without its author. */
export type TutorialPlace = Pick<TutorialRef, 'guildId' | 'tutorialId'>;

/** What stands on the buttons under tutorials. */
export type TutorialButton = 'approve' | 'decline' | 'done' | 'undo';

/**
 * The `custom_id` of a button. It names a tutorial and nobody else: whoever presses acts for themselves.
 *
 * @param number what tells this message from another with the same button
 */
export function tutorialButtonId(button: TutorialButton, tutorialId: InteractionId, number?: number): string {
  return ['tutorials', button, tutorialId, ...(number === undefined ? [] : [number])].join('/');
}

/** What a button's `custom_id` says, or undefined if it is none of a tutorial. */
export function parseTutorialButtonId(
  customId: string,
): { button: TutorialButton; tutorialId: InteractionId } | undefined {
  const match = /^tutorials\/(approve|decline|done|undo)\/(\d{15,20})(?:\/\d)?$/.exec(customId);
  const [, button, tutorialId] = match ?? [];
  return button === undefined || tutorialId === undefined
    ? undefined
    : { button: button as TutorialButton, tutorialId: toInteractionId(tutorialId) };
}

/** The `custom_id` of the form in which staff say why they decline. */
export function declineFormId(tutorialId: InteractionId): string {
  return `tutorials/reason/${tutorialId}`;
}

/** The tutorial that a form is about, or undefined if it is no such form. */
export function parseDeclineFormId(customId: string): InteractionId | undefined {
  const tutorialId = /^tutorials\/reason\/(\d{15,20})$/.exec(customId)?.[1];
  return tutorialId === undefined ? undefined : toInteractionId(tutorialId);
}
