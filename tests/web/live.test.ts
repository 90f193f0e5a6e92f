import { describe, expect, test } from 'vitest';
import { chromiumAt, hasBrowser } from '../../bench/kit/chromium.ts';
import type { RunView } from '../../shared/views/run/run-view.ts';
import { usePage } from './browser.ts';
import { liveRun } from './fixtures.ts';

if (!hasBrowser) console.log(`skipped: the page in a browser: there is no ${chromiumAt}`);

/** Tasks with the first few succeeded and the next one running, without missing events. */
function withDone(done: number): RunView {
  const state = (index: number) => (index < done ? 'succeeded' : index === done ? 'running' : 'waiting');
  return { ...liveRun, tasks: liveRun.tasks.map((task, index) => ({ ...task, state: state(index) })) };
}

describe.skipIf(!hasBrowser)('a live run', () => {
  const opened = usePage();
  const path = `/runs/${liveRun.id}`;
  const asked = () => opened.api.asked.filter((each) => each.path === path).length;
  const succeeded = () => opened.page.locator('.graph .node.good');

  test('is repainted by the stream of its events, and polled no more', async () => {
    const { api } = opened;
    api.set(path, withDone(0));
    await opened.open(`#/runs/${liveRun.id}`);
    await expect.poll(() => api.listeners).toBe(1);
    // the next poll is 10 seconds away
    for (const done of [1, 2, 3]) {
      const before = asked();
      api.set(path, withDone(done));
      api.tell(liveRun.id);
      await expect.poll(() => succeeded().count(), { timeout: 8_000 }).toBe(done);
      expect(asked()).toBe(before + 1);
    }
  });

  test('is not polled while the browser keeps reconnecting to a stream', async () => {
    const { api } = opened;
    api.set(path, withDone(0));
    await opened.open(`#/runs/${liveRun.id}`);
    await expect.poll(() => api.listeners).toBe(1);
    await expect.poll(() => asked()).toBe(2);
    for (const _ of [1, 2, 3]) {
      api.end();
      await expect.poll(() => api.listeners).toBe(1);
    }
    api.set(path, withDone(1));
    api.tell(liveRun.id);
    await expect.poll(() => succeeded().count(), { timeout: 8_000 }).toBe(1);
    expect(asked()).toBe(3);
  });

  test('is polled when the stream breaks, says that the server is away, and comes back', async () => {
    const { api, page } = opened;
    api.set(path, withDone(0));
    await opened.open(`#/runs/${liveRun.id}`);
    await expect.poll(() => api.listeners).toBe(1);
    api.breaks = true;
    api.drop();
    await page.getByText('The server does not answer.').waitFor();
    api.set(path, withDone(4));
    api.breaks = false;
    await expect.poll(() => succeeded().count(), { timeout: 10_000 }).toBe(4);
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
  });
});
