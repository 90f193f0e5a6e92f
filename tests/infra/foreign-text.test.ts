import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * Texts in pipelines, jobs and definitions are data: neither Serverless nor CloudFormation may read them as variables.
 * Packages a project of such texts for real.
 */

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'gluewright-foreign-'));
const proof = path.join(folder, 'was-run');

const texts = {
  env: `\${env:CI_SECRET}`,
  code: `\${file(./run.cjs):f}`,
  text: `\${file(./text.txt)}`,
  self: `\${self:custom.gluewright}`,
  unknown: `x \${spark:y}`,
  date: `\${date}`,
  account: `\${AWS::AccountId}`,
  resource: `\${Ledger.Arn}`,
  token: `\${Functionstarttask}`,
  expression: `{% '\${Functionsignal}' & '\\\\' & $params.day %}`,
};

const jobs = { load: { script: 'run.py', type: 'pythonshell', args: texts } };
const pipeline = {
  pipeline: 'foreign',
  params: { day: { type: 'string', default: texts.env } },
  tasks: { load: { 'glue-job': 'load', args: { ...texts, FunctionName: texts.token } } },
};
const raw = {
  Comment: JSON.stringify(texts),
  StartAt: 'go',
  States: { go: { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:f', End: true } },
};

type Properties = Readonly<Record<string, unknown>>;
let Resources: Readonly<Record<string, { readonly Properties: Properties }>>;
const propertiesOf = (id: string): Properties => Resources[id]?.Properties ?? {};

beforeAll(async () => {
  for (const name of ['infra', 'shared', 'functions', 'node_modules'])
    symlinkSync(path.join(root, name), path.join(folder, name));
  for (const name of ['serverless.yml', 'package.json'])
    writeFileSync(path.join(folder, name), readFileSync(path.join(root, name)));
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  write('run.cjs', `require('node:fs').writeFileSync(${JSON.stringify(proof)}, ''); module.exports.f = () => 'ran';`);
  write('text.txt', 'was read');
  write('run.py', '');
  write('jobs/jobs.yml', JSON.stringify({ jobs }));
  write('statemachines/foreign.yml', JSON.stringify(pipeline));
  write('statemachines/raw.asl.json', JSON.stringify(raw));
  const serverless = path.join(root, 'node_modules/serverless/bin/serverless.js');
  const env = { PATH: process.env.PATH, HOME: folder, CI_SECRET: 'swordfish' };
  await promisify(execFile)(process.execPath, [serverless, 'package'], { cwd: folder, env });
  const file = path.join(folder, '.serverless/cloudformation-template-update-stack.json');
  const written = readFileSync(file, 'utf8');
  expect(written).not.toMatch(/swordfish|was read/);
  ({ Resources } = JSON.parse(written));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('no user text runs code during packaging', () => {
  expect(() => readFileSync(proof)).toThrow(/ENOENT/);
});

test('variables in serverless.yml are resolved', () => {
  expect(propertiesOf('DataLandingBucket').BucketName).toBe('gluewright-dev-landing-000000000000-eu-west-1');
});

describe.each(Object.entries(texts))('the text of %s, %s,', (name, text) => {
  test('becomes a job’s default argument unchanged', () => {
    expect(propertiesOf('JobLoad').DefaultArguments).toMatchObject({ [`--${name}`]: text });
  });

  test('becomes part of a hand-written definition unchanged', () => {
    const { DefinitionString, DefinitionSubstitutions } = propertiesOf('PipelineRawMachine');
    expect(JSON.parse(String(DefinitionString))).toEqual(raw);
    expect(DefinitionSubstitutions).toBeUndefined();
  });

  test('reaches a pipeline’s task unchanged after CloudFormation’s substitutions', () => {
    const { DefinitionString, DefinitionSubstitutions } = propertiesOf('PipelineForeignMachine');
    const substituted = Object.keys(DefinitionSubstitutions as object).reduce(
      (definition, token) => definition.replaceAll(`\${${token}}`, `ARN of ${token}`),
      String(DefinitionString),
    );
    const { States } = JSON.parse(substituted);
    expect(States.load.Arguments.FunctionName).toBe('ARN of Functionstarttask');
    expect(JSON.stringify(States.load.Arguments.Payload)).toContain(JSON.stringify(text).slice(1, -1));
    expect(JSON.stringify(States.load.Arguments.Payload)).not.toContain('ARN of');
  });
});
