import { AthenaClient } from '@aws-sdk/client-athena';
import { BatchClient } from '@aws-sdk/client-batch';
import { ECSClient } from '@aws-sdk/client-ecs';
import { EMRClient } from '@aws-sdk/client-emr';
import { EMRServerlessClient } from '@aws-sdk/client-emr-serverless';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { expect, test } from 'vitest';
import { type CallFault, performCall } from '../../local/faults/perform-call.ts';
import type { FaultSettings } from '../../testing/fault-dial.ts';
import type { JobEnd } from '../../testing/job-behaviour.ts';
import type { Simulator } from '../../testing/simulator.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, simulated } from './simulated.ts';

const quality = { 'data-quality': 'slow', database: 'sales', table: 'orders', role: 'reader' };

const serverless = {
  ...{ 'emr-serverless': 'app1', role: 'arn:aws:iam::111122223333:role/spark' },
  script: 's3://code/load.py',
};

const inner = pipelineFrom({ pipeline: 'inner', tasks: { load: { 'glue-job': 'load' } } });

/** Kinds whose work a service does: the task, and the name under which its work is simulated. */
const kinds = [
  ['glue-job', { 'glue-job': 'slow' }, 'work'],
  ['crawler', { crawler: 'slow' }, 'slow'],
  ['athena', { athena: 'SELECT 1', database: 'sales' }, 'primary'],
  ['data-quality', quality, 'slow'],
  ['emr-serverless', serverless, 'app1'],
  ['batch', { batch: 'load', queue: 'slow' }, 'slow'],
  ['emr-step', { 'emr-step': 'j-1', args: ['spark-submit', 's3://code/load.py'] }, 'j-1'],
  ['pipeline', { pipeline: 'inner' }, 'load'],
  ['map', { map: 'inner', over: [1] }, 'load'],
  ['ecs', { ecs: 'slow', subnets: 'subnet-1' }, 'slow'],
  ['redshift', { redshift: 'SELECT 1', database: 'dev', cluster: 'slow' }, 'slow'],
] as const;

type Case = {
  readonly task: object;
  readonly named: string;
  readonly work: JobEnd;
  readonly faults?: FaultSettings;
};

function worked({ task, named, work, faults = {} }: Case, act: (simulator: Simulator) => Promise<void>): Promise<void> {
  const tasks = { work: task, report: { 'glue-job': 'report', after: 'work' } };
  const outer = pipelineFrom({ pipeline: 'one', tasks });
  return simulated(
    'pipeline' in task || 'map' in task ? [outer, inner] : [outer],
    { jobs: { [named]: work }, faults },
    act,
  );
}

/** The states of all work but the report. */
async function statesOf(simulator: Simulator): Promise<string[]> {
  const jobRuns = (await simulator.jobRuns()).filter(({ job }) => job !== 'report');
  return [...jobRuns, ...simulator.works()].map(({ state }) => state.toLowerCase());
}

const finish = async (simulator: Simulator) => (await playRun(simulator, 'one', 86_400)).tasks;

test.each(kinds)(
  'the end of a task of the kind %s is noticed within two minutes if its event is lost',
  async (_, task, named) => {
    await worked({ task, named, work: { seconds: 600 }, faults: { lost: 1 } }, async (simulator) => {
      const { work, report } = await finish(simulator);
      expect(work?.status).toBe('succeeded');
      expect(report?.jobRuns[0]?.startedAt).toBeGreaterThanOrEqual(600);
      expect(report?.jobRuns[0]?.startedAt).toBeLessThanOrEqual(720);
    });
  },
);

test.each(kinds)('a deadline stops the work of the kind %s and allows no retry', async (_, task, named) => {
  const bounded = { ...task, deadline: '10m', retry: { attempts: 3, delay: '1s' } };
  await worked({ task: bounded, named, work: { seconds: 20_000 } }, async (simulator) => {
    expect((await finish(simulator)).work).toMatchObject({ status: 'timed_out', error: 'Gluewright.DeadlinePassed' });
    // Glue gives a job run the deadline as its timeout, and may be first
    expect(await statesOf(simulator)).toEqual([expect.stringMatching(/^(stopped|timeout)$/)]);
    expect(simulator.seconds()).toBeLessThan(900);
  });
});

test.each(kinds)('a timeout ends the work of the kind %s, and a retry begins it again', async (_, task, named) => {
  const bounded = { ...task, timeout: '10m', retry: { attempts: 2, delay: '1s' } };
  await worked({ task: bounded, named, work: { seconds: 20_000 } }, async (simulator) => {
    expect((await finish(simulator)).work?.status).toBe('timed_out');
    const states = await statesOf(simulator);
    expect(states).toHaveLength(2);
    for (const state of states) expect(state).toMatch(/^(stopped|timeout)$/);
  });
});

test.each(kinds)(
  'stopping the run stops the work of the kind %s, even if its event is lost',
  async (_, task, named) => {
    await worked({ task, named, work: { seconds: 20_000 }, faults: { lost: 1 } }, async (simulator) => {
      await simulator.startRun({ pipeline: 'one', cause: 'x' });
      await simulator.pass(60);
      await simulator.stopRun('one-x');
      expect(await simulator.finish(['one-x'], 900)).toBe(true);
      expect(await statesOf(simulator)).toEqual(['stopped']);
    });
  },
);

/** The fault of the first call of this name. */
function breakFirst({ runtime }: Simulator, call: string, fault: CallFault): void {
  let left = 1;
  const faultOf = (command = '') => (command === `${call}Command` && left-- > 0 ? fault : undefined);
  const { glue, of } = runtime.clients;
  const broken =
    <Input, Output>(next: (input: Input) => Promise<Output>, { commandName }: { readonly commandName?: string }) =>
    (input: Input) =>
      performCall(faultOf(commandName), () => next(input));
  const step = { step: 'initialize' } as const;
  glue.middlewareStack.add(broken, step);
  of(AthenaClient).middlewareStack.add(broken, step);
  of(ECSClient).middlewareStack.add(broken, step);
  of(EMRServerlessClient).middlewareStack.add(broken, step);
  of(RedshiftDataClient).middlewareStack.add(broken, step);
  of(BatchClient).middlewareStack.add(broken, step);
  of(EMRClient).middlewareStack.add(broken, step);
}

const lost = { error: 'InternalServiceException', afterEffect: true };

test.each([
  ['glue-job', 'StartJobRun'],
  ['crawler', 'StartCrawler'],
  ['athena', 'StartQueryExecution'],
  ['data-quality', 'StartDataQualityRulesetEvaluationRun'],
  ['ecs', 'RunTask'],
  ['emr-serverless', 'StartJobRun'],
  ['redshift', 'ExecuteStatement'],
  ['batch', 'SubmitJob'],
  ['emr-step', 'AddJobFlowSteps'],
])('the work of the kind %s begins once if the answer to %s is lost', async (kind, call) => {
  const [, task, named] = kinds.find(([each]) => each === kind) ?? kinds[0];
  await worked({ task, named, work: { seconds: 60 } }, async (simulator) => {
    breakFirst(simulator, call, lost);
    expect((await finish(simulator)).work?.status).toBe('succeeded');
    expect(await statesOf(simulator)).toEqual(['succeeded']);
  });
});

test.each([
  ['glue-job', 'StartJobRun', 'ConcurrentRunsExceededException'],
  ['athena', 'StartQueryExecution', 'TooManyRequestsException'],
  ['data-quality', 'StartDataQualityRulesetEvaluationRun', 'ConcurrentRunsExceededException'],
  ['ecs', 'RunTask', 'LimitExceededException'],
  ['emr-serverless', 'StartJobRun', 'ConflictException'],
  ['redshift', 'ExecuteStatement', 'ActiveStatementsExceededException'],
  ['batch', 'SubmitJob', 'TooManyRequestsException'],
  ['emr-step', 'AddJobFlowSteps', 'ThrottlingException'],
])('the work of the kind %s queues if %s answers %s', async (kind, call, error) => {
  const [, task, named] = kinds.find(([each]) => each === kind) ?? kinds[0];
  await worked({ task, named, work: { seconds: 60 } }, async (simulator) => {
    breakFirst(simulator, call, { error, afterEffect: false });
    expect((await finish(simulator)).work?.status).toBe('succeeded');
    expect(await statesOf(simulator)).toEqual(['succeeded']);
  });
});

test.each(kinds)('failed work of the kind %s is retried as often as the task says', async (_, task, named) => {
  const retried = { ...task, retry: { attempts: 3, delay: '1s' } };
  await worked({ task: retried, named, work: { state: 'FAILED' } }, async (simulator) => {
    expect((await finish(simulator)).work?.status).toBe('failed');
    expect(await statesOf(simulator)).toEqual(['failed', 'failed', 'failed']);
  });
});

test.each(kinds.filter(([kind]) => kind !== 'pipeline' && kind !== 'map'))(
  'work of the kind %s that somebody stopped is not retried',
  async (_, task, named) => {
    const retried = { ...task, retry: { attempts: 3, delay: '1s' } };
    await worked({ task: retried, named, work: { state: 'STOPPED' } }, async (simulator) => {
      expect((await finish(simulator)).work?.status).toBe('stopped');
      expect(await statesOf(simulator)).toEqual(['stopped']);
    });
  },
);

test('an inner run queues if its pipeline has no slot', async () => {
  const outer = ['one', 'two'].map((pipeline) => pipelineFrom({ pipeline, tasks: { work: { pipeline: 'inner' } } }));
  await simulated([...outer, inner], { jobs: { load: { seconds: 600 } } }, async (simulator) => {
    for (const pipeline of ['one', 'two']) await simulator.startRun({ pipeline, cause: 'x' });
    expect(await simulator.finish(['one-x', 'two-x'], 3_600)).toBe(true);
    const [first, second, ...more] = await simulator.jobRuns();
    expect(more).toEqual([]);
    expect(second?.startedAt).toBeGreaterThanOrEqual(first?.endedAt ?? Number.POSITIVE_INFINITY);
    expect((await simulator.look('two-x')).status).toBe('SUCCEEDED');
  });
});

test('a deadline ends an approval that nobody decides', async () => {
  const task = { approval: 'Publish?', deadline: '10m' };
  await worked({ task, named: 'report', work: {} }, async (simulator) => {
    expect((await finish(simulator)).work).toMatchObject({ status: 'timed_out', error: 'Gluewright.DeadlinePassed' });
    expect(simulator.seconds()).toBeLessThan(900);
  });
});
