import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { layOutGraph } from '../../shared/graph-layout/lay-out-graph.ts';
import { firstGrid } from '../../web/api/run-paths.ts';
import { buildPage } from '../../web/build.ts';
import { chromiumAt, hasBrowser, launching } from '../kit/chromium.ts';
import { printFigures } from '../kit/print-figures.ts';
import { quantile } from '../kit/quantile.ts';
import { afterOf } from './big-graph.ts';
import { type BigServer, huge, hugeRun, liveRun, oldRun, openBigServer } from './big-server.ts';
import { longestTask } from './longest-task.ts';

/**
 * The page with 10,000 runs of 1,000 tasks, in Chromium. Each time is the median of some rounds, beside that of an
 * empty page of the same server, so figures of different machines can be compared.
 */
export async function page(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '5' }, json: { type: 'boolean' } },
  });
  if (!hasBrowser) {
    console.log(`skipped: there is no ${chromiumAt}`);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'gluewright-page-'));
  await buildPage(folder);
  await writeFile(join(folder, 'empty.html'), '<!doctype html><title>empty</title><h1>empty</h1>');
  const server = await openBigServer(folder);
  const browser = await chromium.launch(launching);
  try {
    const rounds = Number(values.rounds);
    const empty = await median(rounds, () => contentAfter(browser, server, 'empty.html', 'h1'));
    const grid = await median(rounds, () => contentAfter(browser, server, '#/pipelines/big', firstCell));
    const old = await median(rounds, () =>
      contentAfter(browser, server, `#/pipelines/big?at=${oldRun}`, '.grid .chosen'),
    );
    const run = await median(rounds, () => contentAfter(browser, server, `#/runs/${liveRun}`, '.graph .node'));
    const emptyWork = await median(rounds, () => workUntil(browser, server, 'empty.html', 'h1'));
    const gridWork = await median(rounds, () => workUntil(browser, server, '#/pipelines/big', firstCell));
    const runWork = await median(rounds, () => workUntil(browser, server, `#/runs/${liveRun}`, '.graph .node'));
    const serverGrid = await median(rounds, () =>
      serverWork(server, ['/pipelines/big', firstGrid('big', '', undefined)]),
    );
    const serverRun = await median(rounds, () => serverWork(server, [`/runs/${liveRun}`]));
    const scrolled = await median(rounds, () => scroll(browser, server));
    const clicked = await median(rounds, () => click(browser, server));
    const drawn1000 = await median(rounds, () => draw(browser, server, liveRun));
    const drawn5000 = await median(Math.min(3, rounds), () => draw(browser, server, hugeRun));
    const { cells, mutated } = await changes(browser, server);
    printFigures('page', values.json === true, {
      settings: { node: process.version, chromium: browser.version() },
      'empty page, ms': empty,
      'grid: content, ms': grid,
      '… over an empty page': grid / empty,
      'grid at an old run, ms': old,
      '… over an empty page ': old / empty,
      'run of 1,000 tasks, ms': run,
      '… over an empty page  ': run / empty,
      'processor until content: empty page, ms': emptyWork,
      '… of the grid, ms': gridWork,
      '… of a run of 1,000 tasks, ms': runWork,
      'processor of the server: the grid, ms': serverGrid,
      '… a run of 1,000 tasks, ms': serverRun,
      'longest task on scrolling, ms': scrolled,
      'click to next paint, ms': clicked,
      '1,000 tasks: layout, ms': layout(1_000),
      '1,000 tasks: answer to paint, ms': drawn1000,
      '5,000 tasks: layout, ms': layout(huge.tasks),
      '5,000 tasks: answer to paint, ms': drawn5000,
      'cells that changed': cells,
      'cells that were mutated': mutated,
    });
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
}

/** A task's cell, and not the head of a column. */
const firstCell = '.grid a[href*="/tasks/"]';

async function median(rounds: number, measure: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await measure());
  return quantile(all, 0.5);
}

async function inPage<T>(browser: Browser, { invite }: BigServer, use: (page: Page) => Promise<T>): Promise<T> {
  const opened = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
  try {
    await opened.goto(invite());
    await opened.goto('about:blank');
    return await use(opened);
  } finally {
    await opened.close();
  }
}

/** Milliseconds from the navigation to the frame after the selector's first element is in the page. */
function contentAfter(browser: Browser, server: BigServer, path: string, selector: string): Promise<number> {
  return inPage(browser, server, async (opened) => {
    await opened.addInitScript(`globalThis.shown = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('there is no ' + ${JSON.stringify(selector)})), 30_000);
      const look = () => document.querySelector(${JSON.stringify(selector)}) === null
        ? requestAnimationFrame(look)
        : requestAnimationFrame(() => resolve(performance.now()));
      look();
    })`);
    await opened.goto(`${server.url}${path}`);
    return opened.evaluate<number>('globalThis.shown');
  });
}

/** Milliseconds of the processor that the page's main thread has taken by then: other work on the machine does not count. */
function workUntil(browser: Browser, server: BigServer, path: string, selector: string): Promise<number> {
  return inPage(browser, server, async (opened) => {
    const session = await opened.context().newCDPSession(opened);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await opened.goto(`${server.url}${path}`);
    await opened.locator(selector).first().waitFor();
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  });
}

/** Milliseconds of the processor that the server takes to answer what a view asks for first. */
async function serverWork({ ask }: BigServer, paths: readonly string[]): Promise<number> {
  const before = process.cpuUsage();
  for (const path of paths) await ask(path);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The longest task of the page's main thread while the grid is scrolled in both directions. */
function scroll(browser: Browser, server: BigServer): Promise<number> {
  return inPage(browser, server, async (opened) => {
    await opened.goto(`${server.url}#/pipelines/big`);
    await opened.locator(firstCell).first().waitFor();
    await opened.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
    await browser.startTracing(opened, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
    await opened.evaluate(`new Promise((resolve) => {
      const grid = document.querySelector('.grid');
      let frame = 0;
      const step = () => {
        if (frame % 2 === 0) grid.scrollTop += 60; else grid.scrollLeft += 40;
        frame += 1;
        if (frame < 120) requestAnimationFrame(step); else resolve();
      };
      step();
    })`);
    return longestTask(await browser.stopTracing());
  });
}

/** From the click on a tab of a run of 1,000 tasks to the next paint, as the browser's event timing has it. */
function click(browser: Browser, server: BigServer): Promise<number> {
  return inPage(browser, server, async (opened) => {
    await opened.goto(`${server.url}#/runs/${liveRun}`);
    await opened.locator('.graph .node').first().waitFor();
    await opened.evaluate(`globalThis.slowest = 0; new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries())
        if (name === 'click') globalThis.slowest = Math.max(globalThis.slowest, duration);
    }).observe({ type: 'event', durationThreshold: 16 })`);
    await opened.getByRole('link', { name: 'Details', exact: true }).click();
    await opened.getByRole('heading', { name: 'Parameters' }).waitFor();
    await opened.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))');
    return opened.evaluate<number>('globalThis.slowest');
  });
}

/** What is in sight of a graph is drawn at once, the rest frame by frame. */
const atOnce = 150;

/** From the last byte of a run's answer to the frame in which what is in sight of its graph is drawn. */
function draw(browser: Browser, server: BigServer, run: string): Promise<number> {
  return inPage(browser, server, async (opened) => {
    await opened.addInitScript(`globalThis.shown = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('there is no graph')), 30_000);
      const look = () => document.querySelectorAll('.graph .node').length < ${atOnce}
        ? requestAnimationFrame(look)
        : requestAnimationFrame(() => resolve(performance.now()));
      look();
    })`);
    await opened.goto(`${server.url}#/runs/${run}`);
    return opened.evaluate<number>(`globalThis.shown.then((at) => at -
      performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/runs/${run}')).responseEnd)`);
  });
}

/** A task of the live run succeeds, and another one starts: the grid's cells in which something is mutated. */
function changes(browser: Browser, server: BigServer): Promise<{ readonly cells: number; readonly mutated: number }> {
  server.live.done = 5;
  return inPage(browser, server, async (opened) => {
    await opened.goto(`${server.url}#/pipelines/big`);
    await opened.locator('.grid a[href*="tasks/task_3"]').first().waitFor();
    await opened.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
    await opened.evaluate(`globalThis.classes = () => new Map([...document.querySelectorAll('.grid a[href*="/tasks/"]')]
        .map((each) => [each.getAttribute('href'), each.getAttribute('class')]));
      globalThis.before = globalThis.classes();
      globalThis.changed = new Set();
      new MutationObserver((records) => records.forEach(({ target }) => {
        const element = target.nodeType === 1 ? target : target.parentElement;
        globalThis.changed.add(element.closest('a')?.getAttribute('href') ?? element.outerHTML.slice(0, 80));
      })).observe(document.querySelector('.grid'), { subtree: true, childList: true, attributes: true, characterData: true })`);
    server.live.done = 6;
    await opened.locator(`.grid a.good[href*="${liveRun}/tasks/task_5"]`).waitFor();
    const mutated = await opened.evaluate<number>('globalThis.changed.size');
    const cells = await opened.evaluate<number>(
      '[...globalThis.classes()].filter(([href, look]) => globalThis.before.get(href) !== look).length',
    );
    return { cells, mutated };
  });
}

/** In this process, warm. */
function layout(tasks: number): number {
  const edges = Array.from({ length: tasks }, (_, index) => index).flatMap((index) =>
    afterOf(index).map((before): [number, number] => [before, index]),
  );
  layOutGraph(tasks, edges);
  const began = performance.now();
  layOutGraph(tasks, edges);
  return performance.now() - began;
}
