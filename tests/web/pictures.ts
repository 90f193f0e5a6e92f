import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { launching } from '../../bench/kit/chromium.ts';
import { buildPage } from '../../web/build.ts';
import { fakeApi } from './fake-api.ts';
import { failedRun, liveRun } from './fixtures.ts';
import { showcase } from './showcase.ts';
import { smallPng } from './small-png.ts';

/** The pictures of `docs/page.md`, of every view, drawn from the fixtures: `npm run pictures [-- FOLDER]`. */
const wide = { width: 1_200, height: 760 };
const narrow = { width: 400, height: 760 };
const shots = [
  ['pipelines', '#/', 'light', { width: 1_200, height: 520 }],
  ['pipelines-dark', '#/', 'dark', { width: 1_200, height: 520 }],
  ['grid', '#/pipelines/orders-daily', 'light', wide],
  ['grid-dark', '#/pipelines/orders-daily?at=orders-daily-1114&task=join', 'dark', wide],
  ['runs', '#/pipelines/orders-daily?tab=runs&chosen=orders-daily-1122,orders-daily-1114', 'light', wide],
  ['graph', `#/runs/${liveRun.id}`, 'light', { width: 1_200, height: 620 }],
  ['failure', `#/runs/${failedRun.id}`, 'light', { width: 1_200, height: 820 }],
  ['failure-dark', `#/runs/${failedRun.id}`, 'dark', { width: 1_200, height: 820 }],
  ['gantt', `#/runs/${failedRun.id}?tab=gantt&rerun=failed`, 'light', { width: 1_200, height: 1_400 }],
  ['gantt-dark', `#/runs/${liveRun.id}?tab=gantt`, 'dark', { width: 1_200, height: 640 }],
  ['details', `#/runs/${failedRun.id}?tab=details`, 'light', { width: 1_200, height: 1_200 }],
  ['events', `#/runs/${failedRun.id}?tab=events`, 'dark', { width: 1_200, height: 1_200 }],
  ['definition', `#/runs/${liveRun.id}?tab=definition`, 'light', wide],
  ['task', `#/runs/${failedRun.id}/tasks/join`, 'light', { width: 1_200, height: 1_000 }],
  ['task-dark', `#/runs/${failedRun.id}/tasks/join?grep=Error`, 'dark', { width: 1_200, height: 1_000 }],
  ['triggers', '#/triggers?object=s3%3A%2F%2Flanding%2Forders%2Fa.csv', 'light', { width: 1_200, height: 1_000 }],
  ['triggers-dark', '#/triggers?object=s3%3A%2F%2Flanding%2Forders%2Fa.csv', 'dark', { width: 1_200, height: 1_000 }],
  ['run-form', '#/pipelines/orders-daily?run=1', 'light', wide],
  ['narrow-pipelines', '#/', 'light', narrow],
  ['narrow-failure', `#/runs/${failedRun.id}?tab=gantt`, 'dark', { width: 400, height: 1_500 }],
  ['narrow-grid', '#/pipelines/orders-daily', 'light', narrow],
  ['narrow-task', `#/runs/${failedRun.id}/tasks/join`, 'light', { width: 400, height: 1_200 }],
  ['narrow-triggers', '#/triggers', 'dark', { width: 400, height: 1_400 }],
] as const;

const target = process.argv[2] ?? join(import.meta.dirname, '../../docs/pictures');
await mkdir(target, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'gluewright-page-'));
await buildPage(folder);
const api = await fakeApi(folder);
showcase(api);
const browser = await chromium.launch(launching);
for (const [name, hash, colorScheme, viewport] of shots) {
  const page = await browser.newPage({ colorScheme, viewport, timezoneId: 'UTC', reducedMotion: 'reduce' });
  // ten minutes after the live run started
  await page.clock.setFixedTime(new Date('2026-11-22T05:40:00.000Z'));
  await page.goto(`${api.url}${hash}`);
  await waitUntilStill(page);
  await writeFile(join(target, `${name}.png`), smallPng(await page.screenshot({ scale: 'css' })));
  await page.close();
}
await browser.close();
await api.close();
await rm(folder, { recursive: true });

/** A live run keeps a request open, so the network is never idle: the text has to stay the same instead. */
async function waitUntilStill(page: Page): Promise<void> {
  let before = '';
  for (;;) {
    await page.waitForTimeout(400);
    const text = await page.locator('body').innerText();
    if (text === before && text !== '' && !/(Reading|Planning) .*…/.test(text)) return;
    before = text;
  }
}
