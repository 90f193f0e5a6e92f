import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildPage } from '../../web/build.ts';
import { chromiumAt, hasBrowser, launching } from './browser.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { failedRun, hostile, hostileRun, liveRun } from './fixtures.ts';

const views = {
  pipelines: '#/',
  grid: '#/pipelines/orders-daily',
  'the form of a run': '#/pipelines/orders-daily?run=1&tab=runs',
  "a pipeline's triggers": '#/pipelines/orders-daily?tab=triggers',
  'a run that failed': `#/runs/${failedRun.id}`,
  'the plan of a rerun': `#/runs/${failedRun.id}?rerun=failed&tab=gantt`,
  'a live run': `#/runs/${liveRun.id}?tab=gantt`,
  'what happened': `#/runs/${failedRun.id}?tab=events`,
  'the details': `#/runs/${failedRun.id}?tab=details`,
  task: `#/runs/${failedRun.id}/tasks/join`,
  triggers: '#/triggers?object=s3%3A%2F%2Flanding%2Forders%2Fa.csv',
  nothing: '#/what/is/this',
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gluewright-page-'));
  await buildPage(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the page weighs at most 60 KB, compressed, and asks for nothing more', async () => {
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (name) => gzipSync(await readFile(join(folder, name))).length));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(60 * 1_024);
});

test('the page has neither script nor style inline, and knows no other address', async () => {
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<style|style=|<script[^>]*>[^<]|\son\w+=|unsafe-/);
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/https?:\/\//);
});

if (!hasBrowser) console.log(`skipped: the page in a browser: there is no ${chromiumAt}`);

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Browser;
  let api: FakeApi;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await chromium.launch(launching);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    api = await fakeApi(folder);
    page = await newPage({});
  });
  afterEach(async () => {
    await page.context().close();
    await api.close();
  });

  async function newPage(options: BrowserContextOptions): Promise<Page> {
    complaints = [];
    const context = await browser.newContext({ timezoneId: 'UTC', ...options });
    const opened = await context.newPage();
    opened.setDefaultTimeout(10_000);
    opened.on('pageerror', (error) => complaints.push(String(error)));
    opened.on('console', (message) => {
      if (/Content Security|Refused/.test(message.text())) complaints.push(message.text());
    });
    opened.on('request', (request) => {
      if (!request.url().startsWith(api.url)) complaints.push(`asks ${request.url()}`);
    });
    return opened;
  }

  /** Opens a view, and waits until it has what it asked for. */
  async function open(hash: string, on = page): Promise<void> {
    await on.goto(`${api.url}${hash}`);
    await on.locator('h1').first().waitFor();
    await on.waitForFunction(() => !/(Reading|Planning) .*…/.test(document.body.textContent ?? ''));
  }

  async function textOf(selector = 'main'): Promise<string> {
    return page.locator(selector).first().innerText();
  }

  describe.each(Object.entries(views))('%s', (_, hash) => {
    test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
      await page.context().close();
      page = await newPage({ colorScheme, viewport: { width: 1_200, height: 800 }, bypassCSP: true });
      await open(hash);
      await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
      const found = await page.evaluate<string[]>(`axe.run(document).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`);
      expect(found).toEqual([]);
    });

    test('fits 400 pixels, and nothing is refused or asked elsewhere', async () => {
      await page.setViewportSize({ width: 400, height: 800 });
      await open(hash);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
      expect(complaints).toEqual([]);
    });

    test('another browser shows the same for the same address', async () => {
      await open(`${hash}${hash.includes('?') ? '&' : '?'}zone=Asia/Tokyo`);
      const mine = await textOf();
      const address = page.url();
      await page.context().close();
      page = await newPage({ timezoneId: 'America/New_York' });
      await page.goto(address);
      await expect.poll(() => textOf().then(withoutSeconds)).toBe(withoutSeconds(mine));
    });
  });

  test('pipelines that failed come first, and each says what is live, queued and paused', async () => {
    await open('#/');
    expect(await page.locator('ul.pipelines h2').allInnerTexts()).toEqual([
      'orders-daily',
      'arrivals',
      'hostile',
      'weekly',
    ]);
    expect(await textOf('ul.pipelines > li')).toMatch(/running · 1 live · 2 in the queue · next 23 Nov, 05:30 UTC/);
    expect(await textOf('ul.pipelines > li:last-child')).toContain('paused');
    expect(await page.locator('ul.pipelines > li').first().locator('.run-bars a').count()).toBe(20);
  });

  test('a run that failed says on one screen which task, why, with its log, and what did not run', async () => {
    await open(`#/runs/${failedRun.id}`);
    const failure = await textOf('.failure');
    expect(failure).toContain('join failed');
    expect(failure).toContain("KeyError: 'customer_id' is in no row of orders.csv");
    expect(failure).toContain('Did not run because of it: apply_rates, report');
    expect(failure).toContain('Traceback (most recent call last):');
    expect(failure).not.toContain('\u001b');
  });

  test('a rerun shows its plan first, and quotes the digest of what was shown', async () => {
    await open(`#/runs/${failedRun.id}`);
    await page.getByRole('link', { name: 'Rerun …' }).click();
    await page
      .getByText('4 of 5 tasks run; 1 is kept; last time the jobs of those that run took 6 m 37 s together.')
      .waitFor();
    expect(api.asked.some(({ path }) => path.endsWith('/rerun'))).toBe(false);
    await page.getByRole('button', { name: 'Rerun 4 tasks' }).click();
    await page.waitForURL(`**/#/runs/${liveRun.id}`);
    expect(api.asked.find(({ path }) => path.endsWith('/rerun'))?.body).toEqual({
      failed: true,
      plan: 'digest-of-the-plan',
    });
  });

  test('the form of a run reads numbers, leaves out what is empty, and says what is wrong', async () => {
    await open('#/pipelines/orders-daily?run=1');
    await page.locator('input[name=year]').fill('2026');
    await page.locator('input[name=limit]').fill('many');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('limit: "many" is no number').waitFor();
    await page.locator('input[name=limit]').fill('7');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForURL(`**/#/runs/${liveRun.id}`);
    expect(api.asked.find(({ method }) => method === 'POST')?.body).toEqual({ params: { year: '2026', limit: 7 } });
  });

  test('what was asked is shown as asked until it is true', async () => {
    await open(`#/runs/${liveRun.id}`);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('asked', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Stop' }).isDisabled()).toBe(true);
    api.set(`/runs/${liveRun.id}`, { ...liveRun, status: 'ABORTED', settled: true, endedAt: failedRun.endedAt });
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  });

  test('of a live run only what changed is painted again', async () => {
    await open(`#/runs/${liveRun.id}`);
    await page.evaluate(`globalThis.changed = new Set();
      new MutationObserver((records) => records.forEach(({ target }) =>
        globalThis.changed.add((target.nodeType === 1 ? target : target.parentElement).closest('svg.graph a')?.getAttribute('data-task') ?? '')))
        .observe(document.querySelector('svg.graph'), { subtree: true, childList: true, attributes: true, characterData: true })`);
    const tasks = liveRun.tasks.map((task) => (task.name === 'rates' ? { ...task, state: 'running' } : task));
    api.set(`/runs/${liveRun.id}`, { ...liveRun, tasks });
    await page.locator('a[data-task="rates"] .live').waitFor();
    expect(await page.evaluate('[...globalThis.changed]')).toEqual(['rates']);
  });

  test('a lost connection is said, what was seen stays, and it is found again', async () => {
    await open(`#/runs/${liveRun.id}`);
    api.breaks = true;
    await page.getByText('The server does not answer.').waitFor();
    expect(await textOf()).toContain('extract_customers');
    api.breaks = false;
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
  });

  test('hostile names, parameters and lines are text: nothing of them runs or turns its neighbours', async () => {
    const task = encodeURIComponent(hostile);
    for (const tab of ['graph', 'gantt', 'events', 'details']) {
      await open(`#/runs/${hostileRun.id}?tab=${tab}`);
      expect(await page.evaluate(() => document.body.textContent)).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    }
    await open(`#/runs/${hostileRun.id}/tasks/${task}`);
    expect(await textOf()).toContain('<img src=x');
    await open('#/triggers');
    await open(`#/runs/${task}`);
    await open(`#/pipelines/${task}?zone=${task}`);
    expect(await page.evaluate('globalThis.pwned')).toBeUndefined();
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('the keyboard reaches every view: ? lists the keys', async () => {
    await open('#/');
    await page.keyboard.press('?');
    expect(await page.locator('dialog[open]').innerText()).toContain('one level up');
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    await page.waitForURL('**/#/triggers');
    await page.keyboard.press('p');
    await page.waitForURL('**/#/');
    // the address changes before the view with its field is drawn
    await page.locator('ul.pipelines h2').first().waitFor();
    await page.keyboard.press('/');
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('week');
    await page.waitForURL('**/#/?find=week');
    expect(await page.locator('ul.pipelines h2').allInnerTexts()).toEqual(['weekly']);
  });

  test('in the grid arrows move and Enter opens; only the runs that are seen are asked for', async () => {
    await page.setViewportSize({ width: 500, height: 700 });
    await open('#/pipelines/orders-daily');
    await page.locator('.grid .cell').first().waitFor();
    expect(new Set(api.asked.map(({ path }) => path).filter((path) => path.startsWith('/runs/'))).size).toBeLessThan(
      30,
    );
    await page.locator('.grid').focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter'])
      await page.keyboard.press(key);
    await page.waitForURL(`**/#/runs/${failedRun.id}/tasks/join`);
  });

  test('the zone that was chosen goes along from view to view', async () => {
    await open('#/?zone=Asia/Tokyo');
    await page.getByRole('link', { name: 'orders-daily' }).click();
    await page.waitForURL(/zone=Asia/);
    await page.goto(`${api.url}#/runs/${failedRun.id}?zone=Asia/Tokyo`);
    await page.getByText('started 22 Nov 2026, 14:30:01 GMT+9').waitFor();
  });

  test('1,000 tasks are drawn whole, in a time like that of the layout', async () => {
    const tasks = Array.from({ length: 1_000 }, (_, index) => ({
      ...liveRun.tasks[0],
      name: `task_${index}`,
      after:
        index < 20 ? [] : [`task_${index - 20}`, `task_${index - 20 + ((index * 7) % 5)}`].slice(0, 1 + (index % 2)),
    }));
    api.set(`/runs/${liveRun.id}`, { ...liveRun, tasks });
    await open(`#/runs/${liveRun.id}`);
    await expect.poll(() => page.locator('svg.graph .node').count()).toBe(1_000);
  });
});

/** What counts while one looks. */
function withoutSeconds(text: string): string {
  return text.replace(/for \d+ d \d+ h|\d+ [dhms](?: \d+ [hms])?/g, '');
}
