import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { chromiumAt, hasBrowser, launching } from '../../bench/kit/chromium.ts';
import { buildPage } from '../../web/build.ts';
import { folder, gluewright } from '../cli/project-folder.ts';

const greeting = z.object({ page: z.string() });

if (!hasBrowser) console.log(`skipped: a new user with a real dev: there is no ${chromiumAt}`);

describe.skipIf(!hasBrowser)('a new user, with a real dev and the page alone', () => {
  const root = join(folder, 'shop');
  let dev: ChildProcess | undefined;
  let browser: Browser | undefined;
  let page: Page;

  beforeAll(async () => {
    await buildPage(join(import.meta.dirname, '../../web/dist'));
    expect((await gluewright(folder, 'init', 'shop', '--no-install')).code).toBe(0);
    dev = spawn(
      process.execPath,
      [join(import.meta.dirname, '../../cli/gluewright.js'), 'dev', '--port', '0', '--api-port', '0', '--json'],
      { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const address = await firstLine(dev);
    browser = await chromium.launch(launching);
    page = await browser.newPage({ timezoneId: 'UTC' });
    page.setDefaultTimeout(30_000);
    await page.goto(greeting.parse(JSON.parse(address)).page);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    if (dev === undefined || dev.exitCode !== null) return;
    const ended = new Promise((resolve) => dev?.once('exit', resolve));
    dev.kill('SIGINT');
    await ended;
  });

  test('breaks a job, finds the cause, fixes it, and reruns what failed', async () => {
    const script = join(root, 'jobs/report-orders.py');
    const sound = readFileSync(script, 'utf8');
    await page.getByRole('link', { name: 'orders', exact: true }).waitFor();

    writeFileSync(script, sound.replace("args['total']", "args['totl']"));
    copyFileSync(join(root, 'data/2026-01-15.csv'), join(root, '.gluewright/s3/landing/orders/2026-01-16.csv'));
    // the pipeline comes first and is marked; its latest run is one click away
    await page.locator('li.needs').getByText('failed').first().waitFor();
    await page.locator('li.needs .run-bars a').last().click();
    const failure = page.locator('.failure');
    await failure.getByText("KeyError: 'totl'").first().waitFor();
    expect(await failure.locator('h2').innerText()).toBe('report');
    await failure.locator('.log').getByText("float(args['totl'])").first().waitFor();

    writeFileSync(script, sound);
    await page.getByRole('link', { name: 'Rerun …' }).click();
    await page.getByText(/1 of 2 tasks run, 1 is kept/).waitFor();
    await page.getByRole('button', { name: 'Rerun 1 task' }).click();
    await page.locator('h1 .state').getByText('succeeded').waitFor();
    await page.getByText('2 tasks: 2 succeeded').waitFor();
    expect(readFileSync(join(root, '.gluewright/s3/lake/reports/2026-01-16.txt'), 'utf8')).toContain('3 orders');
    // the definition, the arguments and the log are there, too
    await page.getByRole('link', { name: 'Definition' }).click();
    await page.getByText('As it was when this run started.').waitFor();
    await page.locator('.definition').getByText('glue-job: report-orders').waitFor();
    await page.getByRole('link', { name: 'Graph' }).click();
    await page.locator('a[data-task="report"]').click();
    await page.getByRole('heading', { name: 'Arguments' }).waitFor();
    await page.locator('.log').getByText('3 orders, 145.00 in all').waitFor();
  }, 120_000);

  test('an error in a file is shown with its place, and so is the deployment of its fix', async () => {
    const file = join(root, 'statemachines/orders.yml');
    const sound = readFileSync(file, 'utf8');
    writeFileSync(file, sound.replace('after: clean', 'afer: clean'));
    await page
      .getByText(/statemachines\/orders\.yml:\d+:\d+/)
      .first()
      .waitFor();
    writeFileSync(file, sound.replace('Cleans the orders', 'Mends the orders'));
    await page.getByText(/Deployed at .*: orders/).waitFor();
    expect(await page.getByText(/statemachines\/orders\.yml:\d+:\d+/).count()).toBe(0);
  }, 60_000);
});

function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('dev has no standard output');
  const lines = createInterface({ input: stdout });
  return new Promise((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('close', () => reject(new Error('dev ended before it said where it is')));
  });
}
