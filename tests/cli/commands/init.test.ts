import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProject, folder, gluewright } from '../project-folder.ts';

const filesBelow = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.gluewright'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));

test('a new project has at most twelve files, and its pipeline has run once', async () => {
  const { code, out } = await gluewright(folder, 'init', 'My Shop', '--no-install');
  const root = join(folder, 'My Shop');
  expect(out).toContain('SUCCEEDED');
  expect(code).toBe(0);
  const report = 'My Shop/.gluewright/s3/lake/reports/2026-01-15.txt';
  expect(out).toContain(`The report of the run: ${report}`);
  expect(readFileSync(join(folder, report), 'utf8')).toBe('2026-01-15: 3 orders, 145.00 in all\n');
  expect(filesBelow(root).length).toBeLessThanOrEqual(12);
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name).toBe('my-shop');
  expect(readFileSync(join(root, '.gitignore'), 'utf8')).toContain('.gluewright/');
});

test('what init makes has no errors, on AWS neither', async () => {
  await gluewright(folder, 'init', 'sound', '--no-install');
  const { code, out } = await gluewright(join(folder, 'sound'), 'validate', '--deploy');
  expect(out).toMatch(/no errors/);
  expect(code).toBe(0);
});

test('in an empty folder its name is the project’s', async () => {
  const root = join(folder, 'here');
  mkdirSync(root);
  expect((await gluewright(root, 'init', '--no-install')).code).toBe(0);
  expect(readFileSync(join(root, 'serverless.yml'), 'utf8')).toContain('service: here\n');
});

test('beside a project of one’s own nothing is overwritten, and Glue scripts are found', async () => {
  const own = {
    'serverless.yml': 'service: mine\n',
    'package.json': '{ "name": "mine" }',
    'statemachines/mine.yml': 'pipeline: mine\ntasks: { a: { glue-job: etl } }\n',
    'etl/load.py': 'import sys\nfrom awsglue.utils import getResolvedOptions\n',
    'etl/plain.py': 'import sys\n',
  };
  const root = createProject(own);
  const { code, out } = await gluewright(root, 'init', '--no-install');
  for (const [file, text] of Object.entries(own)) expect(readFileSync(join(root, file), 'utf8')).toBe(text);
  expect(out).toContain('kept     serverless.yml: add plugins: [gluewright/serverless] to it');
  expect(out).toContain('kept     package.json: if they are missing, npm install gluewright and npm pkg set');
  expect(out).toContain('found    etl/load.py: add it with npx gluewright new job NAME --script etl/load.py');
  expect(out).not.toContain('plain.py');
  // Half a sample would only be in the way, and nothing of theirs is run.
  expect(existsSync(join(root, 'statemachines/orders.yml'))).toBe(false);
  expect(existsSync(join(root, '.gluewright'))).toBe(false);
  expect(code).toBe(0);
});

test('as JSON init says what it made, and nothing else', async () => {
  const { out } = await gluewright(folder, 'init', 'machine', '--no-install', '--json');
  expect(JSON.parse(out)).toMatchObject({ root: join(folder, 'machine'), kept: [], ran: true, exitCode: 0 });
});

test('a template that is not there, and a file in place of a folder, are refused', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await gluewright(folder, 'init', 'x', '--template', 'go')).toMatchObject({
    code: 2,
    err: 'gluewright: there is no template go; there are yaml and typescript\n',
  });
  expect(await gluewright(folder, 'init', 'file')).toMatchObject({ code: 2 });
  expect(existsSync(join(folder, 'x'))).toBe(false);
});
