import { describe, expect, test } from 'vitest';
import { hasBrowser } from '../../bench/kit/chromium.ts';
import { usePage } from './browser.ts';
import { at, failedRun, letters, liveRun, runs } from './fixtures.ts';

describe.skipIf(!hasBrowser)('pipelines and their runs on the page', () => {
  const opened = usePage();

  test('failed pipelines come first, and each shows its live, queued and paused runs', async () => {
    const { page } = opened;
    await opened.open('#/');
    expect(await page.locator('ul.pipelines h2').allInnerTexts()).toEqual([
      'orders-daily',
      'arrivals',
      'hostile',
      'weekly',
    ]);
    expect(await opened.textOf('ul.pipelines > li')).toMatch(
      /running\s+last one failed\s+1 live · 2 queued · next 23 Nov, 05:30 UTC/,
    );
    expect(await opened.textOf('ul.pipelines > li:last-child')).toContain('paused');
    expect(await page.locator('ul.pipelines > li').first().locator('.run-bars a').count()).toBe(20);
    await page.getByRole('link', { name: 'Paused 1' }).click();
    await page.waitForURL('**/#/?show=paused');
    await expect.poll(() => page.locator('ul.pipelines h2').allInnerTexts()).toEqual(['weekly']);
  });

  test('the run form reads numbers, leaves out empty fields, and shows errors', async () => {
    const { page, api } = opened;
    await opened.open('#/pipelines/orders-daily?run=1');
    await page.locator('input[name=year]').fill('2026');
    await page.locator('input[name=limit]').fill('many');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('limit: "many" is not a number').waitFor();
    await page.locator('input[name=limit]').fill('7');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForURL(`**/#/runs/${liveRun.id}`);
    expect(api.asked.find(({ method }) => method === 'POST')?.body).toEqual({ params: { year: '2026', limit: 7 } });
  });

  test('in the grid arrows move and Enter opens, and only visible runs are loaded', async () => {
    const { page, api } = opened;
    await page.setViewportSize({ width: 500, height: 700 });
    await opened.open('#/pipelines/orders-daily');
    await page.locator('.grid .cell').first().waitFor();
    expect(new Set(api.asked.map(({ path }) => path).filter((path) => path.startsWith('/runs/'))).size).toBeLessThan(
      30,
    );
    await page.locator('.grid').focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown'])
      await page.keyboard.press(key);
    await page.waitForURL(`**/#/pipelines/orders-daily?at=${failedRun.id}&task=join`);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/#/runs/${failedRun.id}/tasks/join`);
  });

  test('a link to a run older than the newest page shows the runs around it', async () => {
    const { page, api } = opened;
    const old = { ...failedRun, id: 'orders-daily-0007', createdAt: at(-300 * 86_400) };
    const around = [-280, -300, -320].map((day) => ({
      ...runs[1],
      id: day === -300 ? old.id : `orders-daily-d${-day}`,
      createdAt: at(day * 86_400),
    }));
    const until = at(-279 * 86_400);
    const column = { settled: true, states: failedRun.tasks.map(({ state }) => state) };
    api.answer('/pipelines/orders-daily/grid', (query) =>
      query.get('at') === old.id
        ? {
            pipeline: 'orders-daily',
            rows: failedRun.tasks.length,
            first: 0,
            tasks: failedRun.tasks.map(({ name }) => name),
            until,
            runs: around.map((run) => ({ ...run, ...column })),
          }
        : undefined,
    );
    api.answer('/runs', (query) =>
      query.get('until') === until ? { runs: around } : { runs: runs.slice(0, 20), next: 'older' },
    );
    await opened.open(`#/pipelines/orders-daily?at=${old.id}`);
    await page.getByText('3 runs, from the past').waitFor();
    expect(await page.locator('.grid-status').innerText()).toContain('extract_orders');
    expect(await page.locator('.heads a').count()).toBe(3);
    await page.getByRole('link', { name: 'Newest runs' }).click();
    await page.getByText('20 runs').waitFor();
  });

  test('scrolling to the end of the runs loads older ones', async () => {
    const { page, api } = opened;
    api.answer('/runs', (query) =>
      query.get('cursor') === null ? { runs: runs.slice(0, 20), next: 'older' } : { runs: runs.slice(20) },
    );
    await page.setViewportSize({ width: 500, height: 700 });
    await opened.open('#/pipelines/orders-daily');
    await page.locator('.grid').evaluate((grid) => {
      grid.scrollLeft = 1_000;
    });
    await page.getByText('30 runs').waitFor();
  });

  test('only failed asks the server for failed runs, so that it finds them at any age', async () => {
    const { api } = opened;
    await opened.open('#/pipelines/orders-daily?only=failed');
    expect(api.asked.map(({ path }) => path)).toContain(
      '/runs?pipeline=orders-daily&status=FAILED&status=TIMED_OUT&status=ABORTED&limit=60',
    );
  });

  test('a bulk action shows its runs and their number, and acts on exactly those', async () => {
    const { page, api } = opened;
    await opened.open('#/pipelines/orders-daily?tab=runs');
    await page.getByLabel('Select orders-daily-1122').check();
    await page.getByLabel('Select orders-daily-1114').check();
    await page.getByLabel('Select orders-daily-1110').check();
    await page.waitForURL('**chosen=orders-daily-1122%2Corders-daily-1114%2Corders-daily-1110');
    await page.getByText('3 selected').waitFor();
    await page.getByRole('button', { name: 'Rerun 2 failed runs …' }).click();
    expect(await page.locator('dialog[open] li').allInnerTexts()).toEqual([
      expect.stringContaining('orders-daily-1122'),
      expect.stringContaining('orders-daily-1114'),
    ]);
    expect(api.asked.some(({ method }) => method === 'POST')).toBe(false);
    await page.getByRole('button', { name: 'Rerun these 2 failed runs' }).click();
    await page.getByText('2 of 2 requested, 0 refused.').waitFor();
    expect(api.asked.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
      '/runs/orders-daily-1122/rerun',
      '/runs/orders-daily-1114/rerun',
    ]);
  });

  test('the server lists all failed runs of any age first, and the request quotes the list’s digest', async () => {
    const { page, api } = opened;
    await opened.open('#/pipelines/orders-daily?tab=runs');
    await page.getByRole('button', { name: 'Rerun all failed runs …' }).click();
    await page.getByText('orders-daily-1114: it was run again').waitFor();
    expect(api.asked.some(({ path }) => path === '/reruns')).toBe(false);
    await page.getByRole('button', { name: 'Rerun these 1 run' }).click();
    await page.getByText('1 of 1 requested, 0 refused.').waitFor();
    expect(api.asked.find(({ path }) => path === '/reruns')?.body).toEqual({
      pipeline: 'orders-daily',
      status: ['FAILED', 'TIMED_OUT'],
      plan: 'digest-of-the-set',
    });
  });

  test('dead letters are replayed together, by name', async () => {
    const { page, api } = opened;
    const [letter] = letters.letters;
    api.set('/dead-letters', { letters: [letter, { ...letter, id: 'letter-2' }] });
    await opened.open('#/triggers');
    await page.getByRole('button', { name: 'Replay 2 dead letters …' }).click();
    expect(await page.locator('dialog[open] li').count()).toBe(2);
    await page.getByRole('button', { name: 'Replay these 2 dead letters' }).click();
    await page.getByText('2 of 2 requested, 0 refused.').waitFor();
  });
});
