import { describe, expect, test } from 'vitest';
import { chromiumAt, hasBrowser } from '../../bench/kit/chromium.ts';
import { usePage } from './browser.ts';
import { failedRun } from './fixtures.ts';

if (!hasBrowser) console.log(`skipped: the page in a browser: there is no ${chromiumAt}`);

const grid = '/pipelines/orders-daily/grid?limit=60&rows=32';

describe.skipIf(!hasBrowser)('the first view', () => {
  const opened = usePage();

  test.each([
    ['#/', ['/pipelines']],
    ['#/pipelines/orders-daily', ['/pipelines/orders-daily', grid]],
    ['#/pipelines/orders-daily?only=live', ['/pipelines/orders-daily', expect.stringContaining('status=RUNNING')]],
    [`#/runs/${failedRun.id}`, [`/runs/${failedRun.id}`, `/runs/${failedRun.id}/why`]],
    ['#/pipelines/%2e%2e%2f', ['/pipelines/..%2F', expect.stringContaining('/grid')]],
  ])('%s requests its data while the code of the page is still loading', async (hash, paths) => {
    const { page, api } = opened;
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route('**/page.js', async (route) => {
      await promise;
      await route.continue();
    });
    const loaded = page.goto(`${api.url}${hash}`, { waitUntil: 'load' });
    await expect.poll(() => api.asked.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
    resolve();
    await loaded;
    await page.locator('h1').first().waitFor();
  });

  test('of a grid is one request for all of its runs and cells', async () => {
    const { page, api } = opened;
    // whatever else is requested brings nothing
    api.answer('/pipelines/orders-daily/grid', (query) =>
      query.has('run') ? { pipeline: 'orders-daily', rows: 8, first: 0, tasks: [], runs: [] } : undefined,
    );
    await opened.open('#/pipelines/orders-daily');
    await page.locator('.grid a[href*="/tasks/join"]').first().waitFor();
    expect(api.asked.filter(({ path }) => path === grid)).toHaveLength(1);
  });
});
