import { describe, expect, test } from 'vitest';
import { hasBrowser } from '../../bench/kit/chromium.ts';
import { usePage } from './browser.ts';
import { hostile, hostileRun } from './fixtures.ts';

describe.skipIf(!hasBrowser)('hostile texts on the page', () => {
  const opened = usePage();

  test('names, parameters and log lines are text: none runs or changes the direction of its neighbours', async () => {
    const { page } = opened;
    const task = encodeURIComponent(hostile);
    for (const tab of ['graph', 'gantt', 'events', 'details', 'definition']) {
      await opened.open(`#/runs/${hostileRun.id}?tab=${tab}`);
      expect(await page.evaluate(() => document.body.textContent)).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    }
    await opened.open(`#/runs/${hostileRun.id}/tasks/${task}?grep=${task}`);
    expect(await opened.textOf()).toContain('<img src=x');
    await opened.open('#/triggers');
    await opened.open(`#/runs/${task}`);
    await opened.open(`#/pipelines/${task}?zone=${task}&tab=${task}&only=${task}&at=${task}`);
    await opened.open(`#/?show=${task}&find=${task}`);
    expect(await page.evaluate('globalThis.pwned')).toBeUndefined();
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  });

  test.each([400, 1_200])('at %i pixels no name, line or parameter widens the page', async (width) => {
    const { page, api } = opened;
    const long = 'x'.repeat(5_000);
    const [first] = hostileRun.tasks;
    api.set(`/runs/${hostileRun.id}`, {
      ...hostileRun,
      params: { [long]: long },
      tasks: [{ ...first, name: long, cause: long, output: { [long]: long } }],
    });
    api.set(`/runs/${hostileRun.id}/tasks/${long}/log`, { lines: [{ text: long.repeat(20) }] });
    await page.setViewportSize({ width, height: 800 });
    for (const hash of ['', '?tab=gantt', '?tab=details', `/tasks/${long}`]) {
      await opened.open(`#/runs/${hostileRun.id}${hash}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), hash).toBeLessThanOrEqual(width);
    }
  });

  test('the page holds one page of a million log lines, and asks the server for others', async () => {
    const { page, api } = opened;
    const all = 1_000_000;
    api.answer(`/runs/${hostileRun.id}/tasks/big/log`, (query) => {
      const limit = Number(query.get('limit'));
      const skip = Number(query.get('cursor') ?? 0);
      const first = query.get('from') === 'start' ? skip : all - skip - limit;
      const lines = Array.from({ length: limit }, (_, index) => ({ stream: 'output', text: `line ${first + index}` }));
      return { lines, next: String(skip + limit) };
    });
    api.set(`/runs/${hostileRun.id}`, { ...hostileRun, tasks: [{ ...hostileRun.tasks[0], name: 'big' }] });
    await opened.open(`#/runs/${hostileRun.id}/tasks/big`);
    await page.getByText('line 999999').waitFor();
    expect((await opened.textOf('.log')).split('\n').length).toBeLessThanOrEqual(501);
    await page.getByRole('link', { name: 'Earlier lines' }).click();
    await page.getByText('line 999499').waitFor();
    await page.getByRole('link', { name: 'From the start' }).click();
    await page.getByText('line 0').first().waitFor();
    await page.getByLabel('Search').fill('line 7');
    await page.getByLabel('Search').press('Enter');
    await expect.poll(() => api.asked.some(({ path }) => path.includes('search=line%207'))).toBe(true);
  });
});
