import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ENVIRONMENT_VARIABLES, readEnvironment } from '../../config/environment.ts';
import { type Duration, toMilliseconds } from '../../domain/duration.ts';
import { NODE_FLAGS } from '../../runtime/node-flags.ts';
import { LAST_RESORT_MS } from '../../runtime/process.ts';
import { readComposeFile, readServices, readVolumes, type Service } from './compose-file.ts';
import { imageEnvironment } from './dockerfile.ts';
import { fromProject } from './project.ts';

const SECRETS = { DISCORD_BOT_TOKEN: 'secret-token', DB_PASSWORD: 'secretpassword' };
const GIVEN = { ...SECRETS, DISCORD_GUILD_ID: '1300000000000000001', DB_USER: 'community' };

const services = readServices(GIVEN);
const each = Object.entries(services);
/** Services that run to their end before others start. */
const jobs = new Set(
  each.flatMap(([, { depends_on }]) =>
    Object.entries(depends_on)
      .filter(([, { condition }]) => condition === 'service_completed_successfully')
      .map(([name]) => name),
  ),
);
const service = (name: string): Service => {
  const found = services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};

describe('docker-compose.yml', () => {
  test('is what the Compose specification allows', () => {
    const schema = readFileSync(fromProject('tests/deploy/compose-spec/compose-spec.schema.json'), 'utf8');
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(JSON.parse(schema));
    validate(readComposeFile());
    expect(validate.errors).toBeNull();
  });

  test('the schema would find a mistake', () => {
    const schema = readFileSync(fromProject('tests/deploy/compose-spec/compose-spec.schema.json'), 'utf8');
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(schema));
    expect(validate({ services: { bot: { image: 'x', restarts: 'always' } } })).toBe(false);
  });

  test.each(Object.keys(GIVEN))('says what to do when %s is not set', (name) => {
    expect(() => readServices({ ...GIVEN, [name]: '' })).toThrow(`${name}: set it in .env, see .env.example`);
  });

  test('has the parts of production', () => {
    expect(Object.keys(services).sort()).toEqual([
      'bot',
      'postgres',
      'temporal',
      'temporal-schema',
      'temporal-ui',
      'worker',
    ]);
    expect(service('bot').deploy.replicas).toBe(2);
    expect(service('postgres').environment).toMatchObject({ POSTGRES_DB: 'tixl_community' });
  });

  test('keeps the data of PostgreSQL in a volume, where version 18 of its image puts it', () => {
    expect(readVolumes()).toEqual(['postgres_data']);
    expect(service('postgres').volumes).toEqual(['postgres_data:/var/lib/postgresql']);
  });

  test.each(each)('%s comes back by itself', (name, { restart }) => {
    expect(restart).toBe(jobs.has(name) ? 'on-failure' : 'unless-stopped');
  });

  test.each(each)(
    '%s has an image of one version, and a limit to its memory',
    (_, { image, deploy, build }) => {
      if (build === undefined) expect(image).toMatch(/:\d+\.\d+(\.\d+)?/);
      expect(deploy.resources.limits.memory).toMatch(/^\d+[mg]$/);
    },
  );

  test.each(each)('%s listens on loopback only', (_, { ports, network_mode }) => {
    expect(network_mode).toBeUndefined();
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  test('holds no secret: each comes from the environment', () => {
    const text = JSON.stringify(readComposeFile());
    const values = [...text.matchAll(/"[^"]*(?:PASSWORD|TOKEN|SECRET|KEY)[^"]*":"([^"]*)"/g)];
    expect(values.length).toBeGreaterThan(0);
    for (const [, value] of values) expect(value).toMatch(/^\$\{\w+:(?:\?|-\})/);
    expect(text).not.toMatch(/:\/\/\w+:[^$]/);
  });

  test('waits for health only where a service tells it', () => {
    const awaited = each.flatMap(([, { depends_on }]) =>
      Object.entries(depends_on).filter(([, { condition }]) => condition === 'service_healthy'),
    );
    for (const [name] of awaited) expect(service(name)).toHaveProperty('healthcheck.test');
  });
});

describe('Temporal in docker-compose.yml', () => {
  test('migrates its databases to the version of the server', () => {
    const version = (name: string) => /:(\d+\.\d+\.\d+)/.exec(service(name).image)?.[1];
    expect(version('temporal-schema')).toBe(version('temporal'));
  });

  test.each([
    ['temporal', 'server.yaml', /env "(\w+)" }}/g],
    ['temporal-schema', 'setup-schema.sh', /\$([A-Z_]+)/g],
  ])('gives %s every variable that %s cannot do without', (name, file, pattern) => {
    const text = readFileSync(fromProject(`deploy/temporal/${file}`), 'utf8');
    const needed = [...text.matchAll(pattern)].map(([, variable]) => variable);
    expect(needed).toContain('DB_PASSWORD');
    for (const variable of needed) expect(service(name).environment).toHaveProperty([String(variable)]);
  });
});

describe.each(['bot', 'worker'] as const)('the %s of docker-compose.yml', (name) => {
  const { environment, command, stop_grace_period } = service(name);

  test('runs the right program, and gets an environment that it accepts', () => {
    expect(command).toEqual(['node', ...NODE_FLAGS[name], `${name}/main.ts`]);
    const withoutDocker = readFileSync(fromProject('docs/operators.md'), 'utf8');
    expect(withoutDocker).toContain(`npx node ${NODE_FLAGS[name].join(' ')} ${name}/main.ts`);
    expect(readEnvironment({ ...imageEnvironment(), ...environment })).toMatchObject({
      DISCORD_BOT_TOKEN: SECRETS.DISCORD_BOT_TOKEN,
      DATABASE_URL: 'postgresql://community:secretpassword@postgres:5432/tixl_community',
      TEMPORAL_ADDRESS: 'temporal:7233',
      HEALTH_HOST: '0.0.0.0',
      HEALTH_PORT: 9100,
    });
  });

  test('gets every variable that it reads, but for those that make no sense there', () => {
    const forWorkersAlone = [
      ...['GITHUB_TOKEN', 'GITHUB_CLIENT_ID', 'TOKENS_KEY', 'LANGUAGE_MODEL_API_KEY', 'LINKS_PORT'],
      ...['X', 'LINKEDIN', 'YOUTUBE'].flatMap((name) => [`${name}_CLIENT_ID`, `${name}_CLIENT_SECRET`]),
    ];
    const notForProduction = [
      ...['DISCORD_API_URL', 'GITHUB_API_URL', 'PLATFORMS_URL', 'COMMUNITY_CONFIG', 'LOG_FORMAT'],
      ...(name === 'worker' ? [] : forWorkersAlone),
    ];
    const given = Object.keys({ ...imageEnvironment(), ...environment });
    expect(ENVIRONMENT_VARIABLES.filter((variable) => !given.includes(variable)).sort()).toEqual(
      notForProduction.sort(),
    );
    expect(Object.keys(environment).filter((variable) => !ENVIRONMENT_VARIABLES.includes(variable))).toEqual(
      [],
    );
  });

  test('has longer to stop than a process takes at most to finish what it holds', () => {
    expect(toMilliseconds(stop_grace_period as Duration)).toBeGreaterThan(LAST_RESORT_MS);
  });
});
