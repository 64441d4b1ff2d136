import { BadgeHolding } from './badge-holding.ts';
import { Burst } from './burst.ts';
import { ClosedPeriod } from './closed-period.ts';
import { DirectMessageChannel } from './direct-message-channel.ts';
import { EarnedAchievement } from './earned-achievement.ts';
import { CommunityEventEntry } from './event.ts';
import { EventAttendance } from './event-attendance.ts';
import { EventDraftEntry } from './event-draft.ts';
import { EventFeedbackEntry } from './event-feedback.ts';
import { EventPreference } from './event-preference.ts';
import { EventRegistration } from './event-registration.ts';
import { GatheredMember } from './gathered-member.ts';
import { GithubDeviceFlow } from './github-device-flow.ts';
import { GithubLink } from './github-link.ts';
import { GithubRepository } from './github-repository.ts';
import { Guild } from './guild.ts';
import { Interest } from './interest.ts';
import { LeaderboardStep } from './leaderboard-step.ts';
import { LeaderboardStepChange } from './leaderboard-step-change.ts';
import { MemberStay } from './member-stay.ts';
import { Message } from './message.ts';
import { MessageIntake } from './message-intake.ts';
import { MessageReading } from './message-reading.ts';
import { MessageSettlement } from './message-settlement.ts';
import { MessageWriter } from './message-writer.ts';
import { OutboxEntry } from './outbox-entry.ts';
import { PeriodWinner } from './period-winner.ts';
import { PlatformAccount } from './platform-account.ts';
import { PointsEntry } from './points-entry.ts';
import { PointsTotal } from './points-total.ts';
import { PostEntry } from './post.ts';
import { PostAmplification } from './post-amplification.ts';
import { PostAttempt } from './post-attempt.ts';
import { PostClicks } from './post-clicks.ts';
import { PostDelivery } from './post-delivery.ts';
import { PostDraftEntry } from './post-draft.ts';
import { PostMediaChunk } from './post-media-chunk.ts';
import { PostMediumEntry } from './post-medium.ts';
import { PostReading } from './post-reading.ts';
import { PostUpload } from './post-upload.ts';
import { PullRequest } from './pull-request.ts';
import { RecognisedMember } from './recognised-member.ts';
import { RecognitionRequest } from './recognition-request.ts';
import { ReportEntry } from './report.ts';
import { RoleChoice } from './role-choice.ts';
import { SentMessage } from './sent-message.ts';
import { Thanks } from './thanks.ts';
import { TutorialEntry } from './tutorial.ts';
import { TutorialCompletion } from './tutorial-completion.ts';
import { VoiceSession } from './voice-session.ts';
import { WorkshopException } from './workshop-exception.ts';

/** Every table of ours. */
export const ENTITIES = [
  PostEntry,
  PostDraftEntry,
  PostDelivery,
  PostAttempt,
  PostMediumEntry,
  PostMediaChunk,
  PostUpload,
  PlatformAccount,
  PostReading,
  PostAmplification,
  PostClicks,
  ReportEntry,
  BadgeHolding,
  Burst,
  ClosedPeriod,
  DirectMessageChannel,
  EarnedAchievement,
  CommunityEventEntry,
  EventDraftEntry,
  EventRegistration,
  EventPreference,
  VoiceSession,
  EventAttendance,
  EventFeedbackEntry,
  WorkshopException,
  GatheredMember,
  GithubDeviceFlow,
  GithubLink,
  GithubRepository,
  Guild,
  Interest,
  LeaderboardStep,
  LeaderboardStepChange,
  MemberStay,
  Message,
  MessageIntake,
  MessageReading,
  MessageSettlement,
  MessageWriter,
  OutboxEntry,
  PeriodWinner,
  PointsEntry,
  PointsTotal,
  PullRequest,
  RecognisedMember,
  RecognitionRequest,
  RoleChoice,
  SentMessage,
  Thanks,
  TutorialCompletion,
  TutorialEntry,
];
