/** Tells staff that an account has to be connected again. One for each time that one expires. */

import type { Delivery } from '../domain/delivery.ts';
import { discord } from './activities.ts';
import type { AccountNotice } from './definitions/account-notice.ts';

export async function accountNotice(notice: AccountNotice): Promise<Delivery> {
  const { channels } = discord(notice.guildId, 'staff');
  return channels.tellAccountExpired.executeWithOptions({ summary: 'tell staff' }, [notice]);
}
