import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launching } from '../../bench/kit/chromium.ts';
import { buildPage } from '../../web/build.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';

export type Opened = {
  readonly page: Page;
  readonly api: FakeApi;
  /** Errors of the page, violations of the Content-Security-Policy, and requests to other servers. */
  readonly complaints: string[];
  /** Opens a view and waits until it has loaded. */
  open(hash: string): Promise<void>;
  textOf(selector?: string): Promise<string>;
  /** Replaces this page with a new one in another browser context. */
  anew(options: BrowserContextOptions): Promise<void>;
};

/** Gives each test of the file a page, and an API that answers with the fixtures. */
export function usePage(): Opened {
  let folder = '';
  let browser: Browser | undefined;
  let api: FakeApi | undefined;
  let page: Page | undefined;
  const complaints: string[] = [];
  const theApi = (): FakeApi => api ?? missing('API');
  const thePage = (): Page => page ?? missing('page');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gluewright-page-'));
    await buildPage(folder);
    browser = await chromium.launch(launching);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    api = await fakeApi(folder);
    page = await newPage({});
  });
  afterEach(async () => {
    await page?.context().close();
    await api?.close();
  });

  async function newPage(options: BrowserContextOptions): Promise<Page> {
    complaints.length = 0;
    const context = await (browser ?? missing('browser')).newContext({ timezoneId: 'UTC', ...options });
    const opened = await context.newPage();
    opened.setDefaultTimeout(10_000);
    opened.on('pageerror', (error) => complaints.push(String(error)));
    opened.on('console', (message) => {
      if (/Content Security|Refused/.test(message.text())) complaints.push(message.text());
    });
    opened.on('request', (request) => {
      if (!request.url().startsWith(theApi().url)) complaints.push(`asks ${request.url()}`);
    });
    return opened;
  }

  return {
    get page() {
      return thePage();
    },
    get api() {
      return theApi();
    },
    complaints,
    async open(hash) {
      const on = thePage();
      await on.goto(`${theApi().url}${hash}`);
      await on.locator('h1').first().waitFor();
      await on.waitForFunction(() => !/(Reading|Planning) .*…/.test(document.body.textContent ?? ''));
    },
    textOf: (selector = 'main') => thePage().locator(selector).first().innerText(),
    async anew(options) {
      await thePage().context().close();
      page = await newPage(options);
    },
  };
}

function missing(what: string): never {
  throw new Error(`there is no ${what} outside of a test`);
}
