import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { chromiumAt, hasBrowser } from '../../bench/kit/chromium.ts';
import { usePage } from './browser.ts';
import { at } from './fixtures.ts';
import { views } from './views.ts';

const now = new Date(at(600));

if (!hasBrowser) console.log(`skipped: the page in a browser: there is no ${chromiumAt}`);

describe.skipIf(!hasBrowser)('each view of the page', () => {
  const opened = usePage();
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

  describe.each(Object.entries(views))('%s', (_, hash) => {
    test('axe finds nothing, in light and in dark', async () => {
      await opened.anew({ viewport: { width: 1_200, height: 800 }, bypassCSP: true });
      for (const colorScheme of ['light', 'dark'] as const) {
        await opened.page.emulateMedia({ colorScheme });
        await opened.open(hash);
        await opened.page.addScriptTag({ path: axe });
        const found = await opened.page.evaluate<string[]>(`axe.run(document).then(({ violations }) =>
          violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`);
        expect(found, colorScheme).toEqual([]);
      }
    });

    test('fits 400 pixels, shows the same in another browser, and contacts no other server', async () => {
      await opened.page.setViewportSize({ width: 400, height: 800 });
      await opened.page.clock.setFixedTime(now);
      await opened.open(`${hash}${hash.includes('?') ? '&' : '?'}zone=Asia/Tokyo`);
      expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
      // parts of a view load one by one
      let mine = '';
      const isStill = async () => {
        const before = mine;
        mine = await opened.textOf();
        return before !== '' && before === mine;
      };
      await expect.poll(isStill, { interval: 500, timeout: 10_000 }).toBe(true);
      const address = opened.page.url();
      expect(opened.complaints).toEqual([]);
      await opened.anew({ timezoneId: 'America/New_York', viewport: { width: 400, height: 800 } });
      await opened.page.clock.setFixedTime(now);
      await opened.page.goto(address);
      await expect.poll(() => opened.textOf(), { timeout: 10_000 }).toBe(mine);
    });
  });
});
