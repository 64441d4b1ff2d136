/** `npm run schema`: writes `config/community.schema.json` anew after a change to `config/schema.ts`. */

import { writeFile } from 'node:fs/promises';
import { JSON_SCHEMA_FILE, jsonSchema } from '../config/json-schema.ts';

await writeFile(JSON_SCHEMA_FILE, jsonSchema());
