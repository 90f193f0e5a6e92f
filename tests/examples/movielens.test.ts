import { expectRun, openSimulator, type SimulatedRun, type SimulatorOptions } from 'gluewright/testing';
import { expect, test } from 'vitest';
import { createRandom } from '../../examples/kit/random.ts';
import { delivery } from '../../examples/movielens/example.ts';
import { missing, runExample } from './run-example.ts';

const file = 'examples/movielens/statemachines/movielens.yml';
const jobs = ['prepare-movies', 'prepare-ratings', 'prepare-tags', 'best-films', 'tag-use', 'clean-up'] as const;
/** A simulated crawl goes by its crawler's name. */
const crawlTasks: Readonly<Record<string, string>> = { films: 'crawl-films', tags: 'crawl-tags' };

type Played = { readonly run: SimulatedRun; readonly crawled: readonly string[] };

async function play(behaviours: SimulatorOptions['jobs'] = {}): Promise<Played> {
  const simulator = await openSimulator([file], { jobs: behaviours });
  try {
    const answer = await simulator.startRun({ pipeline: 'movielens', cause: 'test' });
    if (answer.is === 'refused') throw new Error(answer.problems.join('; '));
    expect(await simulator.finish([answer.run.id], 86_400)).toBe(true);
    const run = await simulator.look(answer.run.id);
    return { run, crawled: simulator.works().map(({ name }) => crawlTasks[name] ?? name) };
  } finally {
    simulator.close();
  }
}

test('without failures every task runs once, and the clean-up runs last', async () => {
  const { run, crawled } = await play();

  for (const job of jobs) expectRun(run).toHaveSucceeded().toHaveRun(job, 1);
  expect(crawled.toSorted()).toEqual(['crawl-films', 'crawl-tags']);
  expect(run.jobRuns.at(-1)?.task).toBe('clean-up');
});

test.each([
  { fails: 'prepare-movies', lost: ['best-films', 'tag-use', 'crawl-films', 'crawl-tags'] },
  { fails: 'prepare-ratings', lost: ['best-films', 'crawl-films'] },
  { fails: 'prepare-tags', lost: ['tag-use', 'crawl-tags'] },
  { fails: 'best-films', lost: ['crawl-films'] },
  { fails: 'tag-use', lost: ['crawl-tags'] },
  { fails: 'films', lost: [] },
  { fails: 'tags', lost: [] },
  { fails: 'clean-up', lost: [] },
])('if $fails fails, these do not run: $lost', async ({ fails, lost }) => {
  const failed = crawlTasks[fails] ?? fails;
  const { run, crawled } = await play({ [fails]: { state: 'FAILED', seconds: 5 } });

  expectRun(run)
    .toHaveFailed()
    .tasksToBe('failed', failed)
    .tasksToBe('upstream_failed', ...lost);
  const all = [...jobs, ...Object.values(crawlTasks)];
  expectRun(run).tasksToBe('succeeded', ...all.filter((task) => task !== failed && !lost.includes(task)));
  const began = new Set([...run.jobRuns.map(({ task }) => task), ...crawled]);
  expect([...began].toSorted()).toEqual(all.filter((task) => !lost.includes(task)).toSorted());
  expectRun(run).toHaveRunNothingTwice();
});

test('the clean-up waits for a running preparation after another one failed', async () => {
  const { run } = await play({ 'prepare-movies': { state: 'FAILED', seconds: 5 }, 'prepare-tags': { seconds: 1_200 } });

  expectRun(run).toHaveFailed().inOrder('prepare-tags', 'clean-up').toHaveRun('clean-up', 1);
});

test('the mean ratings match an independent computation', (c) => {
  const why = missing();
  if (why !== undefined) return c.skip(why);
  const given = new Map<string, { film: number; halves: number }>();
  for (const line of delivery(createRandom(1)).ratings.trimEnd().split('\n').slice(1)) {
    const [user, film = '', rating] = line.split(',');
    if (film !== '' && Number(film) <= 40)
      given.set(`${user} ${film}`, { film: Number(film), halves: Number(rating) * 2 });
  }
  const counted = Map.groupBy(given.values(), ({ film }) => film);
  const expected = [...counted].flatMap(([film, ratings]) => {
    const halves = ratings.reduce((sum, rating) => sum + rating.halves, 0);
    // hundredths, half up, in whole numbers
    const mean = Math.floor((halves * 100 + ratings.length) / (2 * ratings.length));
    return ratings.length < 10 ? [] : [`Film ${film}: ${(mean / 100).toFixed(2)} of ${ratings.length}`];
  });

  const ran = runExample('movielens');

  expect(ran.err).toBe('');
  const rows = [...ran.report.matchAll(/^"Film (\d+), The \(\d+\)",([\d.]+),(\d+)$/gm)];
  expect(rows.map(([, film, mean, count]) => `Film ${film}: ${mean} of ${count}`).toSorted()).toEqual(
    expected.toSorted(),
  );
  const means = rows.map(([, , mean]) => Number(mean));
  expect(means).toEqual(means.toSorted((one, other) => other - one));
});
