import { expect, test } from 'vitest';
import { allKinds } from '../../../../shared/tasks/kinds.ts';

const pages = allKinds.flatMap(({ kind, runs }) => (runs.shows === undefined ? [] : [{ kind, page: runs.shows.page }]));

test.each([
  ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/'],
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
  ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
])('the pages of work in %s are at %s', (region, start) => {
  expect(pages.length).toBeGreaterThan(5);
  for (const { kind, page } of pages)
    expect([kind, page('orders', 'cluster/1', region)]).toEqual([kind, expect.stringContaining(start)]);
});
