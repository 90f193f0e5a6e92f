import { describe, expect, test } from 'vitest';
import { chromiumAt, hasBrowser } from '../../bench/kit/chromium.ts';
import { usePage } from './browser.ts';
import { failedRun, log } from './fixtures.ts';

if (!hasBrowser) console.log(`skipped: the page in a browser: there is no ${chromiumAt}`);

describe.skipIf(!hasBrowser)('the log of a task', () => {
  const opened = usePage();
  const joined = log.lines.filter(({ text }) => text.includes('joined')).length;

  test('has its hits marked, and keys go from one to another and around', async () => {
    const { page } = opened;
    await opened.open(`#/runs/${failedRun.id}/tasks/join?grep=joined`);
    expect(await page.locator('.log mark').allInnerTexts()).toEqual(Array.from({ length: joined }, () => 'joined'));
    await page.getByText(`${joined} hits`).waitFor();
    await page.keyboard.press('n');
    await page.getByText(`hit 1 of ${joined}`).waitFor();
    expect(await page.locator('.log mark.here').count()).toBe(1);
    await page.keyboard.press('Shift+N');
    await page.getByText(`hit ${joined} of ${joined}`).waitFor();
    await page.getByRole('button', { name: 'Next hit' }).click();
    await page.getByText(`hit 1 of ${joined}`).waitFor();
    const seen = await page.locator('.log mark.here').evaluate((mark) => {
      const [box, log] = [mark.getBoundingClientRect(), mark.closest('.log')?.getBoundingClientRect()];
      return log !== undefined && box.top >= log.top && box.bottom <= log.bottom;
    });
    expect(seen).toBe(true);
  });

  test('is one text with or without hits, for the browser to find and to copy', async () => {
    const { page } = opened;
    await opened.open(`#/runs/${failedRun.id}/tasks/join`);
    const plain = await opened.textOf('.log');
    await page.getByLabel('Search').fill('part 4');
    await page.getByLabel('Search').press('Enter');
    await page.locator('.log mark').first().waitFor();
    expect(await opened.textOf('.log')).toBe(plain);
    // across the border of a mark
    expect(await page.evaluate("find('joined part 44 of')")).toBe(true);
    expect(await page.evaluate('getSelection().toString()')).toBe('joined part 44 of');
  });
});
