import { expect, test } from 'vitest';
import { showLines } from '../../cli/render/show-lines.ts';
import { readRun } from '../../shared/views/run/read-run.ts';
import { listRuns } from '../../shared/views/runs/list-runs.ts';
import { whyTask } from '../../shared/views/why/why.ts';
import type { Simulator } from '../../testing/simulator.ts';
import { createTestTerminal } from '../cli/test-terminal.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { simulated } from './simulated.ts';

const inner = pipelineFrom({
  pipeline: 'inner',
  params: { day: { type: 'date' } },
  runs: { max: 2 },
  tasks: { load: { 'glue-job': 'load', args: { day: '{% $params.day %}' } } },
});
const days = pipelineFrom({
  pipeline: 'outer',
  tasks: {
    days: {
      map: 'inner',
      over: { dates: { from: '2026-01-01', to: '2026-01-05', by: 'day' } },
      params: { day: '{% $item.date %}' },
      failures: '50%',
    },
  },
});

async function viewOf({ runtime }: Simulator) {
  const run = await readRun(runtime.system.ledger, 'outer-x', [days, inner]);
  const [task] = run?.tasks ?? [];
  if (run === undefined || task === undefined) throw new Error('no run');
  return { run, task, now: runtime.system.clock() };
}

test('the task shows the progress of its items, and the runs of failed items', async () => {
  const jobs = {
    load: ({ arguments: given }: { readonly arguments: Readonly<Record<string, string>> }) =>
      ({ seconds: 300, state: given['--day'] === '2026-01-02' ? 'FAILED' : 'SUCCEEDED' }) as const,
  };
  await simulated([days, inner], { jobs }, async (simulator) => {
    await simulator.startRun({ pipeline: 'outer', cause: 'x' });
    await simulator.pass(450);
    const { run, task, now } = await viewOf(simulator);
    expect(task.items).toMatchObject({
      ...{ pipeline: 'inner', total: 5, done: 1, kept: 0, failed: 1, running: 2, waiting: 1 },
      sentence: '1 of 5 done, 1 failed: 2026-01-02',
      failures: [{ item: '2026-01-02', run: expect.stringMatching(/^inner-outer-x-days-1-1-/) }],
    });
    expect(whyTask(run, task, now).sentence).toMatch(
      /^days has been running for .*: 1 of 5 done, 1 failed: 2026-01-02\.$/,
    );
    const shown = showLines(createTestTerminal('.'), run, now).join('\n');
    expect(shown).toMatch(/days +▶ running .*1 of 5 done, 1 failed: 2026-01-02/);
    expect(shown).toMatch(/days: 1 failed item of inner\n +ITEM +RUN\n +2026-01-02 +inner-outer-x-days-1-1-/);
    expect(shown).toContain('npx gluewright runs --trigger outer-x/days');

    await simulator.finish(['outer-x'], 86_400);
    const { task: ended, ...after } = await viewOf(simulator);
    expect(ended.state).toBe('succeeded');
    expect(whyTask(after.run, ended, after.now).sentence).toBe('days succeeded: 4 of 5 done, 1 failed: 2026-01-02.');
  });
});

test('runs can be filtered by the task of a map, and each run names its item', async () => {
  await simulated([days, inner], {}, async (simulator) => {
    await simulator.startRun({ pipeline: 'outer', cause: 'x' });
    await simulator.finish(['outer-x'], 86_400);
    const { ledger } = simulator.runtime.system;
    const { runs } = await listRuns(ledger, { trigger: 'outer-x/days', limit: 10 });
    expect(runs).toHaveLength(5);
    const item = await readRun(ledger, runs[4]?.id ?? '', [inner]);
    expect(item?.trigger).toEqual({
      ...{ kind: 'task', name: 'outer-x/days', pipeline: 'outer', run: 'outer-x', task: 'days', attempt: 1 },
      ...{ index: 0, item: '2026-01-01' },
    });
  });
});
