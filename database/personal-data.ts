import { BadgeHolding } from './entities/badge-holding.ts';
import { DirectMessageChannel } from './entities/direct-message-channel.ts';
import { EarnedAchievement } from './entities/earned-achievement.ts';
import { CommunityEventEntry } from './entities/event.ts';
import { EventAttendance } from './entities/event-attendance.ts';
import { EventDraftEntry } from './entities/event-draft.ts';
import { EventFeedbackEntry } from './entities/event-feedback.ts';
import { EventPreference } from './entities/event-preference.ts';
import { EventRegistration } from './entities/event-registration.ts';
import { GatheredMember } from './entities/gathered-member.ts';
import { GithubDeviceFlow } from './entities/github-device-flow.ts';
import { GithubLink } from './entities/github-link.ts';
import { Interest } from './entities/interest.ts';
import { MemberStay } from './entities/member-stay.ts';
import { Message } from './entities/message.ts';
import { MessageWriter } from './entities/message-writer.ts';
import { OutboxEntry } from './entities/outbox-entry.ts';
import { PeriodWinner } from './entities/period-winner.ts';
import { PointsEntry } from './entities/points-entry.ts';
import { PointsTotal } from './entities/points-total.ts';
import { PostEntry } from './entities/post.ts';
import { PostDraftEntry } from './entities/post-draft.ts';
import { RecognisedMember } from './entities/recognised-member.ts';
import { RecognitionRequest } from './entities/recognition-request.ts';
import { RoleChoice } from './entities/role-choice.ts';
import { SentMessage } from './entities/sent-message.ts';
import { Thanks } from './entities/thanks.ts';
import { TutorialEntry } from './entities/tutorial.ts';
import { TutorialCompletion } from './entities/tutorial-completion.ts';
import { VoiceSession } from './entities/voice-session.ts';

/**
 * Every table that holds data of a person, and the column that says whose. Export and deletion go through
 * this list; a test holds it against the columns of the database, so that no table is forgotten.
 */
export const PERSONAL_DATA = [
  { entity: BadgeHolding, table: 'badge_holdings', memberColumn: 'member_id' },
  { entity: DirectMessageChannel, table: 'direct_message_channels', memberColumn: 'member_id' },
  { entity: EarnedAchievement, table: 'earned_achievements', memberColumn: 'member_id' },
  { entity: EventAttendance, table: 'event_attendances', memberColumn: 'member_id' },
  { entity: EventDraftEntry, table: 'event_drafts', memberColumn: 'member_id' },
  { entity: EventFeedbackEntry, table: 'event_feedback', memberColumn: 'member_id' },
  { entity: EventPreference, table: 'event_preferences', memberColumn: 'member_id' },
  { entity: EventRegistration, table: 'event_registrations', memberColumn: 'member_id' },
  { entity: CommunityEventEntry, table: 'events', memberColumn: 'creator_member_id' },
  { entity: CommunityEventEntry, table: 'events', memberColumn: 'host_member_id' },
  { entity: GatheredMember, table: 'gathered_members', memberColumn: 'member_id' },
  { entity: GithubDeviceFlow, table: 'github_device_flows', memberColumn: 'member_id' },
  { entity: GithubLink, table: 'github_links', memberColumn: 'member_id' },
  { entity: Interest, table: 'interests', memberColumn: 'member_id' },
  { entity: MemberStay, table: 'member_stays', memberColumn: 'member_id' },
  { entity: MessageWriter, table: 'message_writers', memberColumn: 'member_id' },
  { entity: Message, table: 'messages', memberColumn: 'member_id' },
  { entity: OutboxEntry, table: 'outbox', memberColumn: 'member_id' },
  { entity: PeriodWinner, table: 'period_winners', memberColumn: 'member_id' },
  { entity: PointsEntry, table: 'points_ledger', memberColumn: 'member_id' },
  { entity: PointsTotal, table: 'points_totals', memberColumn: 'member_id' },
  { entity: PostDraftEntry, table: 'post_drafts', memberColumn: 'member_id' },
  { entity: PostEntry, table: 'posts', memberColumn: 'approver_member_id' },
  { entity: PostEntry, table: 'posts', memberColumn: 'creator_member_id' },
  { entity: RecognisedMember, table: 'recognised_members', memberColumn: 'member_id' },
  { entity: RecognitionRequest, table: 'recognition_requests', memberColumn: 'member_id' },
  { entity: RoleChoice, table: 'role_choices', memberColumn: 'member_id' },
  { entity: SentMessage, table: 'sent_messages', memberColumn: 'member_id' },
  { entity: Thanks, table: 'thanks', memberColumn: 'giver_member_id' },
  { entity: Thanks, table: 'thanks', memberColumn: 'receiver_member_id' },
  { entity: TutorialCompletion, table: 'tutorial_completions', memberColumn: 'member_id' },
  { entity: TutorialEntry, table: 'tutorials', memberColumn: 'member_id' },
  { entity: VoiceSession, table: 'voice_sessions', memberColumn: 'member_id' },
] as const;

/**
 * Tables with what was written in a post, and what became of it: found by the post, of which `posts` says whose it is. A report has the
 * titles of the posts that it is about.
 */
export const DATA_OF_POSTS = [
  'post_amplifications',
  'post_attempts',
  'post_deliveries',
  'post_media',
  'reports',
] as const;
