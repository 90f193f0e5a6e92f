import { expect, test } from 'vitest';
import { checks } from '../../verify/checks.ts';
import { createProject, gluewright } from '../cli/project-folder.ts';

const root = createProject({});
const stack = ['--stack', 'shop-dev', '--region', 'eu-west-1'];
const role = ['--role', 'arn:aws:iam::111122223333:role/verify'];

test('without a stack the embedded runtime is checked, with a row for each check', async () => {
  const { out, code } = await gluewright(root, 'verify-account');
  expect(code).toBe(0);
  expect(out).toMatch(/^job-events +as assumed +assumed +one event for each/m);
  expect(out).toMatch(/^retry-events +skipped/m);
});

test('JSON has each verdict and what was left behind', async () => {
  const { out } = await gluewright(root, 'verify-account', '--home', '--json');
  const { results, leftovers } = JSON.parse(out);
  expect(results.map(({ check }: { check: string }) => check)).toEqual(checks.map(({ name }) => name));
  expect(leftovers).toEqual([]);
});

test('on AWS the cost is shown, and nothing happens without consent', async () => {
  const { out, code } = await gluewright(root, 'verify-account', ...stack, ...role);
  expect(code).toBe(0);
  expect(out).toContain('11 checks in eu-west-1');
  expect(out).toContain('at most $0.');
  expect(out).toContain('--yes');
  const crawling = await gluewright(root, 'verify-account', ...stack, ...role, '--crawler-role', 'arn:x', '--json');
  expect(JSON.parse(crawling.out).checks).toContain('stopped-crawler');
});

test.each([
  ['without a role', [...stack], 'verify-account.md'],
  ['without a region', [stack[0], stack[1], ...role], '--region'],
  ['for this machine and a stack at once', ['--home', ...stack, ...role], 'give either --home or --stack'],
  [
    'for a stack whose name is not valid for a bucket',
    ['--stack', 'Shop_dev', '--region', 'eu-west-1', ...role],
    '--stack',
  ],
])('on AWS it is refused %s', async (_, args, message) => {
  const { err, code } = await gluewright(root, 'verify-account', ...args.flatMap((arg) => arg ?? []));
  expect(code).toBe(2);
  expect(err).toContain(message);
});
