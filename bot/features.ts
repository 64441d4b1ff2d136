import { catchUp } from './catch-up.ts';
import { eventAttendance } from './event-attendance.ts';
import { eventFeedback } from './event-feedback.ts';
import { eventRegistrations } from './event-registrations.ts';
import { events } from './events.ts';
import type { BotFeature } from './feature.ts';
import { githubLink } from './github-link.ts';
import { leaderboards } from './leaderboards.ts';
import { messages } from './messages.ts';
import { onboarding } from './onboarding.ts';
import { posts } from './posts.ts';
import { recognitionChange } from './recognition-change.ts';
import { reports } from './reports.ts';
import { roles } from './roles.ts';
import { scheduledEvents } from './scheduled-events.ts';
import { standing } from './standing.ts';
import { thanks } from './thanks.ts';
import { topics } from './topics.ts';
import { tutorials } from './tutorials.ts';
import { voiceSessions } from './voice-sessions.ts';
import { workshops } from './workshops.ts';

/** Every feature. */
export const FEATURES: readonly BotFeature[] = [
  onboarding,
  roles,
  topics,
  standing,
  leaderboards,
  recognitionChange,
  thanks,
  githubLink,
  tutorials,
  events,
  eventAttendance,
  eventFeedback,
  eventRegistrations,
  scheduledEvents,
  workshops,
  posts,
  reports,
  catchUp,
  messages,
  voiceSessions,
];
