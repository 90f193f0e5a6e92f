import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type DeploymentSource, loadDeployment } from '../../infra/deployment.ts';
import Plugin from '../../infra/gluewright-plugin.mjs';
import { formatProblem } from '../../shared/reading/problem.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'gluewright-deployment-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A project of the given files, deployed with the given settings. */
function source(files: Readonly<Record<string, string>>, settings: unknown = {}): DeploymentSource {
  const root = mkdtempSync(path.join(scratch, 'project-'));
  mkdirSync(path.join(root, 'statemachines'));
  mkdirSync(path.join(root, 'jobs'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text);
  return { root, service: 'acme', stage: 'test', settings };
}

const one =
  'pipeline: one\ntriggers: {arrived: {s3: {bucket: landing, key: "in/*"}}}\ntasks: {load: {glue-job: load}}\n';
const jobs = 'jobs: {load: {script: jobs/load.py, type: pythonshell}}\n';

test('a script’s key changes with its text', async () => {
  const keyOf = async (text: string): Promise<string | undefined> => {
    const { uploads, problems } = await loadDeployment(
      source({ 'statemachines/one.yml': one, 'jobs/jobs.yml': jobs, 'jobs/load.py': text }),
    );
    expect(problems).toEqual([]);
    return uploads[0]?.key;
  };
  const first = await keyOf('print(1)');
  expect(first).toMatch(/^serverless\/acme\/test\/jobs\/[0-9a-f]{32}\/load\.py$/);
  expect(await keyOf('print(1)')).toBe(first);
  expect(await keyOf('print(2)')).not.toBe(first);
});

test('a stage can set another number of places for a pool', async () => {
  const pools = 'pools: {warehouse: 4, source-db: 2}\n';
  const { catalog } = await loadDeployment(
    source(
      { 'statemachines/one.yml': one, 'jobs/jobs.yml': `${jobs}${pools}`, 'jobs/load.py': '' },
      { pools: { warehouse: 16 } },
    ),
  );
  expect(catalog.pools).toEqual({ warehouse: 16, 'source-db': 2 });
});

test('the catalog has the names on AWS', async () => {
  const settings = { buckets: { landing: 'acme-landing' } };
  const { catalog } = await loadDeployment(
    source({ 'statemachines/one.yml': one, 'jobs/jobs.yml': jobs, 'jobs/load.py': '' }, settings),
  );
  expect(catalog.pipelines[0]?.pipeline.triggers.arrived).toMatchObject({ bucket: 'acme-landing' });
  expect(catalog.pipelines[0]?.pipeline.tasks[0]?.work).toMatchObject({ job: 'acme-test-load' });
});

test.each([
  [
    'a pipeline file',
    { 'statemachines/bad.yml': 'pipeline: bad\ntasks: {load: {glue-jub: load}}\n' },
    {},
    'statemachines/bad.yml:2:',
  ],
  ['a missing script', { 'statemachines/one.yml': one, 'jobs/jobs.yml': jobs }, {}, 'there is no file jobs/load.py'],
  [
    'a script outside the project',
    { 'statemachines/one.yml': one, 'jobs/jobs.yml': jobs.replace('jobs/load.py', 's3://elsewhere/load.py') },
    {},
    's3://elsewhere/load.py is not a file of the project',
  ],
  ['an unknown setting', { 'statemachines/one.yml': one }, { bukets: {} }, 'unknown setting `bukets`'],
  [
    'a bad bucket name',
    { 'statemachines/one.yml': one },
    { buckets: { landing: 'Not_A_Bucket' } },
    'custom.gluewright.buckets.landing',
  ],
])('an error in %s is reported as a problem, and nothing is deployed', async (_, files, settings, expected) => {
  const { problems, template, uploads } = await loadDeployment(source(files, settings));
  expect(problems.map(formatProblem).join('\n')).toContain(expected);
  expect(template.Resources).toEqual({});
  expect(uploads).toEqual([]);
});

const byHand = (Resource: string): string =>
  JSON.stringify({ StartAt: 'go', States: { go: { Type: 'Task', Resource, End: true } } });

test('a stage whose resources could be named like another stage’s is refused', async () => {
  const { problems } = await loadDeployment({ ...source({ 'statemachines/one.yml': one }), stage: 'dev-2' });
  expect(problems.map(formatProblem).join('\n')).toContain('--stage dev2');
});

test('hand-written definitions are deployed with the pipelines', async () => {
  const files = { 'statemachines/hand.asl.json': byHand('arn:aws:lambda:eu-west-1:111122223333:function:f') };
  const { template, problems, catalog } = await loadDeployment(source({ 'statemachines/one.yml': one, ...files }));
  expect(problems).toEqual([]);
  expect(template.Resources.PipelineHandMachine?.Properties.StateMachineName).toBe('acme-test-hand');
  expect(catalog.pipelines.map(({ pipeline }) => pipeline.name)).toEqual(['one']);
});

test.each([
  ['that is not a definition', '{"StartAt": 1}', 'Step Functions would say the same of it'],
  ['that is not JSON', '{"StartAt":', 'write JSON, or YAML'],
  [
    'whose permissions cannot be computed',
    byHand('arn:aws:states:::aws-sdk:s3:listBuckets'),
    'machineRoles: {hand: ARN}',
  ],
])('a hand-written definition %s is refused', async (_, text, expected) => {
  const { problems } = await loadDeployment(source({ 'statemachines/hand.asl.json': text }));
  expect(problems.map(formatProblem).join('\n')).toContain('statemachines/hand.asl.json:1:');
  expect(problems.map(formatProblem).join('\n')).toContain(expected);
});

test('Serverless prints the problems without a stack', async () => {
  class UserError extends Error {}
  const broken = source({ 'statemachines/bad.yml': 'pipeline: bad\n' });
  const serverless = {
    serviceDir: broken.root,
    configurationInput: {},
    extendConfiguration: () => {},
    service: { service: 'acme', custom: {} },
    classes: { Error: UserError },
    getProvider: () => ({ getStage: () => 'test', getRegion: () => 'eu-west-1' }),
  };
  const plugin = new Plugin(serverless, {}, { log: { warning: () => {} } });
  await expect(plugin.describe()).rejects.toThrow(UserError);
  await expect(plugin.describe()).rejects.toThrow(/statemachines\/bad\.yml:1:1/);
});
