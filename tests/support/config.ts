import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { temporaryFolder } from './folder.ts';

/** TiXL's configuration with `overlay`, which is YAML, laid over it. */
export async function loadConfigWith(overlay: string): Promise<CommunityConfig> {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'overlay.yaml');
  await writeFile(file, overlay);
  const config = await loadConfig([COMMUNITY_FILE, file]);
  await folder.remove();
  return config;
}
