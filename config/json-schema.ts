import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { communitySchema } from './schema.ts';

/** Where editors find the JSON Schema: the first line of `community.yaml` names it. */
export const JSON_SCHEMA_FILE = fileURLToPath(new URL('community.schema.json', import.meta.url));

/** The schema of `community.yaml` as JSON Schema, for completion in editors. */
export function jsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(communitySchema, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`;
}
