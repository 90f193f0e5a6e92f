import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { examples } from '../../examples/examples.ts';
import type { Example } from '../../examples/kit/example.ts';
import { createRandom } from '../../examples/kit/random.ts';
import { runList } from '../../shared/views/runs/run-list.ts';
import { type Deployed, isSettled, openDeployed, outcomes } from './deployed.ts';
import { type Ministack, startMinistack, whyNoMinistack } from './start-ministack.ts';
import { makeExampleProject, stage } from './test-project.ts';

/** Deploys each example to its own MiniStack, and runs it as far as MiniStack can. See docs/testing.md. */

const reason =
  process.env.MINISTACK === 'all' ? whyNoMinistack() : 'it takes minutes: npm run deploy:ministack -- examples';
let ministack: Ministack;

beforeEach(async (context) => {
  if (reason !== undefined) context.skip(reason);
  ministack = await startMinistack();
}, 60_000);
afterEach(() => ministack?.stop());

test.each<[name: string, end: object]>([
  ['product-feed', { 'product-feed': { SUCCEEDED: 5 } }],
  [
    'weekly-join',
    { 'weekly-visits': { SUCCEEDED: 2 }, 'weekly-orders': { SUCCEEDED: 1 }, 'weekly-join': { SUCCEEDED: 1 } },
  ],
  // The report of the batch finds no tables.
  ['two-stage-lake', { 'stage-object': { SUCCEEDED: 24 }, 'load-lake': { FAILED: 1 } }],
  [
    'movielens',
    {
      ...{ 'prepare-movies': 'succeeded 1', 'prepare-ratings': 'succeeded 1', 'prepare-tags': 'succeeded 1' },
      ...{ 'best-films': 'succeeded 1', 'tag-use': 'succeeded 1', 'clean-up': 'succeeded 1' },
      ...{ 'crawl-films': 'succeeded 1', 'crawl-tags': 'succeeded 1' },
    },
  ],
  // The simulated crawl finds no tables.
  ['sales-report', { 'crawl-sales': 'succeeded 1', report: 'failed 2' }],
  [
    'sales-lake',
    {
      ...{ 'crawl-raw': 'succeeded 1', partition: 'failed 2' },
      ...{ 'crawl-lake': 'upstream_failed 0', totals: 'upstream_failed 0', report: 'upstream_failed 0' },
    },
  ],
  // MiniStack refuses the evaluation, so the pipeline quarantines the data.
  [
    'nightly-build',
    {
      ...{ 'extract-orders': 'succeeded 1', 'extract-customers': 'succeeded 1', rates: 'succeeded 1' },
      ...{ 'clean-orders': 'succeeded 1', 'clean-customers': 'succeeded 1', join: 'succeeded 1' },
      ...{ 'apply-rates': 'succeeded 1', catalog: 'succeeded 1', gate: 'failed 1', quarantine: 'succeeded 1' },
      ...{ approve: 'upstream_failed 0', publish: 'upstream_failed 0' },
    },
  ],
])('the example %s is accepted, and runs as far as MiniStack goes', { timeout: 900_000 }, async (name, end) => {
  const example = examples[name];
  if (example === undefined) throw new Error(`there is no example ${name}`);
  const project = makeExampleProject(name);
  try {
    await project.serverless('deploy', ministack.env);
    const deployed = await openDeployed(ministack, `${name}-${stage}`);
    expect(await play(example, deployed)).toEqual(end);
    // The Python package does not sign its requests to the catalog when an endpoint is set.
    const denials = (await ministack.denials()).filter((denial) => !denial.includes('MissingAuthorizationParameter'));
    expect(denials).toEqual([]);
  } finally {
    project.delete();
  }
});

/** @returns each task's status, or the number of runs of each pipeline by status */
async function play(example: Example, deployed: Deployed): Promise<object> {
  const written: Promise<void>[] = [];
  const place = {
    put(address: string, content: string | Uint8Array) {
      const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(address) ?? [];
      written.push(deployed.put(bucket, key, content));
    },
    async pause(milliseconds: number) {
      await Promise.all(written);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    },
    random: createRandom(1),
  };
  if (!('arrive' in example)) {
    const { pipeline, params } = example;
    example.prepare(place, undefined);
    await Promise.all(written);
    return outcomes(await deployed.until(await deployed.start(pipeline, params), isSettled, 400));
  }
  await example.arrive(place);
  await Promise.all(written);
  return endsOf(deployed, example.runs);
}

/** Waits until this many runs are over, and counts them by pipeline and status. */
function endsOf(deployed: Deployed, count: number): Promise<object> {
  const look = async () => {
    const { runs } = runList.parse(await deployed.ask('/runs?limit=200'));
    const ended = runs.filter(({ endedAt }) => endedAt !== undefined);
    if (ended.length < count) throw new Error(`not yet: ${JSON.stringify(runs)}`);
    const byPipeline = Object.entries(Object.groupBy(ended, ({ pipeline }) => pipeline));
    return Object.fromEntries(
      byPipeline.map(([pipeline, of = []]) => [pipeline, Object.fromEntries(countsOf(of.map(({ status }) => status)))]),
    );
  };
  return vi.waitFor(look, { timeout: 400_000, interval: 1_000 });
}

function countsOf(words: readonly string[]): [string, number][] {
  return [...Map.groupBy(words, (word) => word)].map(([word, same]) => [word, same.length]);
}
