/** docker-compose.yml as Compose sees it. */

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { fromProject } from './project.ts';

const conditions = z.enum(['service_started', 'service_healthy', 'service_completed_successfully']);

const serviceSchema = z.looseObject({
  image: z.string(),
  restart: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  stop_grace_period: z.string().optional(),
  depends_on: z.record(z.string(), z.object({ condition: conditions })).default({}),
  deploy: z.object({
    replicas: z.number().default(1),
    resources: z.object({ limits: z.object({ memory: z.string() }) }),
  }),
});

/** A service of docker-compose.yml: what the tests look at. */
export type Service = z.output<typeof serviceSchema>;

const fileSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
});

/** What stands in docker-compose.yml, for the schema; as `readServices` but nothing is filled in. */
export function readComposeFile(): unknown {
  return parse(readFileSync(fromProject('docker-compose.yml'), 'utf8'), { merge: true });
}

/** The names of the volumes that outlive containers. */
export function readVolumes(): string[] {
  return Object.keys(fileSchema.parse(readComposeFile()).volumes);
}

/** The services, with `variables` filled in as Compose does. @throws Error with the file's message, for one it requires */
export function readServices(variables: Readonly<Record<string, string>>): Readonly<Record<string, Service>> {
  return fileSchema.parse(fillIn(readComposeFile(), variables)).services;
}

function fillIn(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return fillInText(value, variables);
  if (Array.isArray(value)) return value.map((item) => fillIn(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, variables)]));
}

/** Compose specification, "Interpolation": `$$`, `${NAME}`, `${NAME:-default}` and `${NAME:?message}`. */
function fillInText(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$(?:\$|\{(?<name>\w+)(?::(?<kind>[-?])(?<rest>[^}]*))?\})/g,
    (all, name: string | undefined, kind: string | undefined, rest: string | undefined) => {
      if (all === '$$' || name === undefined) return '$';
      const value = variables[name] ?? '';
      if (value !== '' || kind === undefined) return value;
      if (kind === '?') throw new Error(`${name}: ${rest}`);
      return rest ?? '';
    },
  );
}
