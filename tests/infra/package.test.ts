import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functions } from '../../shared/deploy/functions/functions.ts';
import { onObjectsSeconds } from '../../shared/deploy/resources/arrivals.ts';
import { leaseMilliseconds } from '../../shared/runs/task/attempt.ts';
import { checkTemplate } from '../shared/deploy/check-template.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'gluewright-package-'));
const templateFile = path.join(folder, 'cloudformation-template-update-stack.json');

/** Without credentials and a home, and with a proxy where nobody listens. */
const bare = {
  PATH: process.env.PATH,
  HOME: path.join(folder, 'no-home'),
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  AWS_EC2_METADATA_DISABLED: 'true',
};

beforeAll(async () => {
  const serverless = path.join(root, 'node_modules/serverless/bin/serverless.js');
  await promisify(execFile)(process.execPath, [serverless, 'package', '--package', folder], { cwd: root, env: bare });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const template = (): { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> } =>
  JSON.parse(readFileSync(templateFile, 'utf8'));

test('the project packages without network or credentials, with one bundle for each function', () => {
  const zips = readdirSync(folder).filter((file) => file.endsWith('.zip'));
  expect(zips.map((file) => path.basename(file, '.zip')).sort()).toEqual(Object.keys(functions).sort());
});

test('CloudFormation’s schema finds nothing wrong with the whole template', () => {
  expect(checkTemplate(template())).toEqual([]);
});

test('every function has its own role and a log group with a retention', () => {
  const all = Object.values(template().Resources);
  const lambdas = all.filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(lambdas.map(({ Properties }) => JSON.stringify(Properties.Role)).sort()).toEqual(
    Object.keys(functions)
      .map((name) =>
        name
          .split('-')
          .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
          .join(''),
      )
      .map((name) => JSON.stringify({ 'Fn::Sub': `\${${name}Role.Arn}` }))
      .sort(),
  );
  const groups = all.filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
  expect(groups.map(({ Properties }) => Properties.RetentionInDays)).toEqual(groups.map(() => 30));
});

test('a function times out before its caller', () => {
  const { Resources } = template();
  const seconds = (id: string): unknown => Resources[`${id}LambdaFunction`]?.Properties.Timeout;
  expect(seconds('StartDashtask')).toBeLessThan(leaseMilliseconds / 1000);
  expect(seconds('OnDashobjects')).toBe(onObjectsSeconds);
});

test('deployments do not accumulate versions of the functions', () => {
  expect(readFileSync(templateFile, 'utf8')).not.toContain('AWS::Lambda::Version');
});

test('cfn-lint finds nothing', (context) => {
  const lint = spawnSync('cfn-lint', ['--format', 'parseable', templateFile], { encoding: 'utf8' });
  if (lint.error !== undefined) context.skip('cfn-lint is not installed');
  expect(lint.stdout).toBe('');
  expect(lint.status).toBe(0);
});
