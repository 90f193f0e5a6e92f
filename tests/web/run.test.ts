import { describe, expect, test } from 'vitest';
import { hasBrowser } from '../../bench/kit/chromium.ts';
import { usePage } from './browser.ts';
import { failedRun, liveRun } from './fixtures.ts';

describe.skipIf(!hasBrowser)('a run on the page', () => {
  const opened = usePage();

  test('a failed run shows the task, the cause, the log and what did not run on one screen', async () => {
    await opened.open(`#/runs/${failedRun.id}`);
    const failure = await opened.textOf('.failure');
    expect(failure).toMatch(/join\s+failed/);
    expect(failure).toContain("KeyError: 'customer_id' is in no row of orders.csv");
    expect(failure).toMatch(/Did not run because of it:\s+apply_rates\s+report/);
    expect(failure).toContain('Traceback (most recent call last):');
    expect(failure).not.toContain('\u001b');
  });

  test('a rerun shows its plan first, and quotes that plan’s digest', async () => {
    const { page, api } = opened;
    await opened.open(`#/runs/${failedRun.id}`);
    await page.getByRole('link', { name: 'Rerun …' }).click();
    await page.getByText('4 of 5 tasks run, 1 is kept; their jobs took 6 m 37 s last time.').waitFor();
    expect(api.asked.some(({ path }) => path.endsWith('/rerun'))).toBe(false);
    await page.getByRole('button', { name: 'Rerun 4 tasks' }).click();
    await page.waitForURL(`**/#/runs/${liveRun.id}`);
    expect(api.asked.find(({ path }) => path.endsWith('/rerun'))?.body).toEqual({
      failed: true,
      plan: 'digest-of-the-plan',
    });
  });

  test('an open approval is on top of the run, and is decided there', async () => {
    const { page, api } = opened;
    const [first] = liveRun.tasks;
    const question = { number: 1, state: 'running', kind: 'approval', work: 'Publish the report of 2026-11?' };
    api.set(`/runs/${liveRun.id}`, {
      ...liveRun,
      tasks: [{ ...first, name: 'check', state: 'running', attempts: [question] }],
    });
    await opened.open(`#/runs/${liveRun.id}`);
    await page.getByRole('heading', { name: 'Publish the report of 2026-11?' }).waitFor();
    await page.getByLabel('Note').fill('numbers are right');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('approval sent').waitFor();
    expect(api.asked.find(({ method }) => method === 'POST')).toMatchObject({
      path: `/runs/${liveRun.id}/tasks/check/decision`,
      body: { approve: true, note: 'numbers are right' },
    });
    api.set(`/runs/${liveRun.id}`, { ...liveRun, tasks: [{ ...first, name: 'check', state: 'succeeded' }] });
    api.tell(liveRun.id);
    await page.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
  });

  test('the objects that started a run are listed, and each links to its arrival', async () => {
    const { page, api } = opened;
    api.set(`/runs/${failedRun.id}`, {
      ...failedRun,
      trigger: { kind: 's3', name: 'files', batch: 'orders.files.x.1' },
    });
    api.answer('/batches/orders.files.x.1', (query) => ({
      count: 51,
      objects: [
        { bucket: 'landing', key: query.get('cursor') === null ? 'orders/a.csv' : 'orders/z.csv', size: 12_345 },
      ],
      ...(query.get('cursor') === null ? { next: 'object#50' } : {}),
    }));
    await opened.open(`#/runs/${failedRun.id}?tab=details`);
    await page.getByText('12,345 bytes').waitFor();
    await page.getByRole('button', { name: 'More objects' }).click();
    await page.getByRole('link', { name: 's3://landing/orders/z.csv' }).click();
    await page.waitForURL('**/#/triggers?object=s3%3A%2F%2Flanding%2Forders%2Fz.csv');
  });

  test('the sentence about a run changes with its state at once', async () => {
    const { page, api } = opened;
    const sentence = { run: liveRun.id, code: 'x', facts: {} };
    api.set(`/runs/${liveRun.id}/why`, { ...sentence, sentence: 'It is running.' });
    await opened.open(`#/runs/${liveRun.id}`);
    await page.getByText('It is running.').waitFor();
    const before = api.asked.filter(({ path }) => path.endsWith('/why')).length;
    api.set(`/runs/${liveRun.id}/why`, { ...sentence, sentence: 'It is done.' });
    api.set(`/runs/${liveRun.id}`, { ...liveRun, status: 'SUCCEEDED', settled: true, endedAt: failedRun.endedAt });
    await page.getByText('It is done.').waitFor();
    expect(api.asked.filter(({ path }) => path.endsWith('/why')).length).toBeGreaterThan(before);
  });

  test('a stop is shown as asked for until the run is over', async () => {
    const { page, api } = opened;
    await opened.open(`#/runs/${liveRun.id}`);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('requested', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Stop' }).isDisabled()).toBe(true);
    api.set(`/runs/${liveRun.id}`, { ...liveRun, status: 'ABORTED', settled: true, endedAt: failedRun.endedAt });
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  });

  test('only the changed task of a live run is repainted', async () => {
    const { page, api } = opened;
    await opened.open(`#/runs/${liveRun.id}`);
    await page.evaluate(`globalThis.changed = new Set();
      new MutationObserver((records) => records.forEach(({ target }) =>
        globalThis.changed.add((target.nodeType === 1 ? target : target.parentElement).closest('svg.graph a')?.getAttribute('data-task') ?? '')))
        .observe(document.querySelector('svg.graph'), { subtree: true, childList: true, attributes: true, characterData: true })`);
    const tasks = liveRun.tasks.map((task) => (task.name === 'rates' ? { ...task, state: 'running' } : task));
    api.set(`/runs/${liveRun.id}`, { ...liveRun, tasks });
    await page.locator('a[data-task="rates"] .live').waitFor();
    expect(await page.evaluate('[...globalThis.changed]')).toEqual(['rates']);
  });

  test('a lost connection is reported, the last state stays, and the page reconnects', async () => {
    const { page, api } = opened;
    await opened.open(`#/runs/${liveRun.id}`);
    api.breaks = true;
    await page.getByText('The server does not answer.').waitFor();
    expect(await opened.textOf()).toContain('extract_customers');
    api.breaks = false;
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
  });

  test('on demand the graph shows only unfinished tasks and folds groups with a common prefix', async () => {
    const { page, api } = opened;
    const parts = Array.from({ length: 5 }, (_, index) => ({
      ...liveRun.tasks[0],
      name: `load_${index}`,
      state: index === 3 ? 'failed' : 'succeeded',
      after: ['extract_orders'],
    }));
    const end = { ...liveRun.tasks[4], name: 'end', after: parts.map(({ name }) => name) };
    api.set(`/runs/${liveRun.id}`, { ...liveRun, tasks: [liveRun.tasks[0], ...parts, end] });
    await opened.open(`#/runs/${liveRun.id}?tasks=open`);
    expect(await page.locator('svg.graph .node').count()).toBe(2);
    await opened.open(`#/runs/${liveRun.id}`);
    await page.getByRole('link', { name: 'Fold 1 group' }).click();
    await expect.poll(() => page.locator('svg.graph .node').allInnerTexts()).toHaveLength(3);
    expect(await page.locator('a[data-task="load …"]').textContent()).toContain('5 tasks, failed');
    await page.locator('a[data-task="load …"]').click();
    await expect.poll(() => page.locator('svg.graph .node').count()).toBe(7);
  });

  test('the definition is beside the graph, and a task chosen in the graph is marked in the text', async () => {
    const { page } = opened;
    await opened.open(`#/runs/${failedRun.id}?tab=definition`);
    await page.getByText('As it was when this run started.').waitFor();
    await page.locator('a[data-task="join"]').click();
    await page.waitForURL('**?tab=definition&task=join');
    await expect.poll(() => page.locator('.definition .hit').innerText()).toContain('glue-job: job-join');
  });

  test('a task shows its arguments, times, cost and links to the AWS console', async () => {
    const { page } = opened;
    await opened.open(`#/runs/${failedRun.id}/tasks/join`);
    await page.getByText('s3://lake/joined/').waitFor();
    const text = await opened.textOf();
    expect(text).toMatch(/Queued\s+39 s\s+Start-up\s+1 m 57 s\s+Worked\s+3 m 53 s/);
    expect(text).toMatch(/DPU-seconds\s+120/);
    const link = page.getByRole('link', { name: 'AWS console' });
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/eu-west-1\.console\.aws\.amazon\.com\//);
    expect(await link.getAttribute('rel')).toBe('noreferrer');
  });

  test('errors in local files are shown with their place, and so is the last deployment', async () => {
    const { page, api } = opened;
    api.set('/project', {
      local: true,
      deployedAt: new Date().toISOString(),
      deployed: ['orders-daily'],
      removed: [],
      problems: [
        {
          file: 'statemachines/orders.yml',
          line: 3,
          column: 5,
          severity: 'error',
          code: 'unknown-key',
          message: 'unknown key `jobb`',
          remedy: 'did you mean `job`?',
        },
      ],
    });
    await opened.open('#/');
    await page.getByText('statemachines/orders.yml:3:5').waitFor();
    await page.getByText('did you mean `job`?').waitFor();
    await page.getByText(/Deployed at .*: orders-daily/).waitFor();
  });

  test('all of 1,000 tasks are drawn', async () => {
    const { page, api } = opened;
    const tasks = Array.from({ length: 1_000 }, (_, index) => ({
      ...liveRun.tasks[0],
      name: `task_${index}`,
      after:
        index < 20 ? [] : [`task_${index - 20}`, `task_${index - 20 + ((index * 7) % 5)}`].slice(0, 1 + (index % 2)),
    }));
    api.set(`/runs/${liveRun.id}`, { ...liveRun, tasks });
    await opened.open(`#/runs/${liveRun.id}`);
    await expect.poll(() => page.locator('svg.graph .node').count()).toBe(1_000);
  });
});
