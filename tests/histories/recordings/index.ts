import { burstRecordings } from './burst.ts';
import { catchUpRecordings } from './catch-up.ts';
import { contributionsRecordings } from './contributions.ts';
import { distributionRecordings } from './distribution.ts';
  ...engagementReportRecordings,
