import { describe, expect, test } from 'vitest';
import { hasBrowser } from '../../bench/kit/chromium.ts';
import { usePage } from './browser.ts';
import { failedRun, liveRun } from './fixtures.ts';
import { views } from './views.ts';

describe.skipIf(!hasBrowser)('the page by keyboard alone', () => {
  const opened = usePage();

  test('? lists the keys, and each does what the list says', async () => {
    const { page } = opened;
    await opened.open('#/');
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
    await opened.open(`#/runs/${failedRun.id}/tasks/join`);
    await page.keyboard.press('u');
    await page.waitForURL(`**/#/runs/${failedRun.id}`);
    await page.locator('.tabs a').first().waitFor();
    await page.keyboard.press('2');
    await page.waitForURL(`**/#/runs/${failedRun.id}?tab=gantt`);
    await page.keyboard.press('d');
    await page.waitForURL('**theme=dark');
  });

  test.each(Object.entries(views))('Tab reaches every control: %s', async (_, hash) => {
    const { page } = opened;
    await opened.open(hash);
    const missed = await page.evaluate<string[]>(`(() => {
      const all = [...document.querySelectorAll('a[href], button, input, select, [tabindex]')];
      const seen = all.filter((each) => each.checkVisibility() && !each.disabled);
      return seen
        .filter((each) => each.tabIndex < 0 && each.closest('[role=application]') === null)
        .map((each) => each.outerHTML.slice(0, 100));
    })()`);
    expect(missed).toEqual([]);
    // and focus is never trapped; a date field has several stops
    const stops =
      await page.evaluate<number>(`[...document.querySelectorAll('a[href], button, input, select, [tabindex="0"]')]
      .filter((each) => each.checkVisibility() && !each.disabled && each.tabIndex >= 0).length`);
    const reached = new Set<string>();
    for (let step = 0; step <= stops + 20 && reached.size < stops; step += 1) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate<string>(`(() => {
          const every = [...document.querySelectorAll('*')];
          return String(every.indexOf(document.activeElement));
        })()`),
      );
    }
    expect(reached.size).toBeGreaterThanOrEqual(stops);
  });

  test('a run is stopped and rerun without a mouse', async () => {
    const { page, api } = opened;
    await opened.open(`#/runs/${liveRun.id}`);
    await page.getByRole('button', { name: 'Stop' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => api.asked.some(({ path }) => path.endsWith('/stop'))).toBe(true);
    await opened.open(`#/runs/${failedRun.id}`);
    await page.getByRole('link', { name: 'Rerun …' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Rerun 4 tasks' }).focus();
    await page.keyboard.press('Space');
    await expect.poll(() => api.asked.some(({ path }) => path.endsWith('/rerun'))).toBe(true);
  });

  test('with forced colours every state keeps its shape and word, and every line is drawn', async () => {
    const { page } = opened;
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    for (const hash of [`#/runs/${liveRun.id}`, `#/runs/${liveRun.id}?tab=gantt`, '#/pipelines/orders-daily', '#/']) {
      await opened.open(hash);
      // text, marks and lines may use only the system's colours: white on black, links, or the highlight
      const own = await page.evaluate<string[]>(`[...new Set([...document.querySelectorAll(
          'main svg text, main svg .mark, main svg .edge, main .state, main .shape path, main svg .works, main svg .bar')]
        .flatMap((each) => {
          const style = getComputedStyle(each);
          const isText = each.tagName === 'text' || each.tagName === 'SPAN';
          const isFilled = each.matches('.works, .bar');
          return [isText ? (each.tagName === 'text' ? style.fill : style.color) : isFilled ? style.fill : style.stroke];
        }))]`);
      expect(own, hash).toEqual(['rgb(255, 255, 255)']);
    }
  });

  test('the chosen time zone stays from view to view', async () => {
    const { page, api } = opened;
    await opened.open('#/?zone=Asia/Tokyo');
    await page.getByRole('link', { name: 'orders-daily' }).click();
    await page.waitForURL(/zone=Asia/);
    await page.goto(`${api.url}#/runs/${failedRun.id}?zone=Asia/Tokyo`);
    await page.getByText('22 Nov 2026, 14:30:01 GMT+9').waitFor();
  });
});
