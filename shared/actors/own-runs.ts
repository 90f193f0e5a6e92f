import * as z from 'zod/mini';
import type { ChildRun, OwnCall } from '../calls/own-call.ts';
import type { Json } from '../json.ts';
import { present } from '../json.ts';
import { datasetKey, taskKey } from '../ledger/ledger-keys.ts';
import { readRecord } from '../ledger/read-record.ts';
import type { Interval } from '../model/pipeline.ts';
import { runId } from '../runs/run/run-id.ts';
import { outputBytes, readOutput } from '../runs/task/read-output.ts';
import { taskRecord } from '../runs/task/task-record.ts';
import type { System } from '../services/system.ts';
import { outputAddress } from '../tasks/kind/output-address.ts';
import { intervalKey } from '../time/interval.ts';
import { publicationRecord } from '../triggers/datasets/waiting-record.ts';
import { findRun } from './kit/find-run.ts';
import { withoutInterval } from './publish-datasets.ts';
import { signalRun } from './run-actor.ts';
import { startRun } from './start-run.ts';

/** The same system, whose tasks may also run pipelines. */
export function withOwnRuns(system: System): System {
  const all: System = { ...system, ownRuns: (call) => perform(all, call) };
  return all;
}

async function perform(system: System, { call, input }: OwnCall): Promise<unknown> {
  switch (call) {
    case 'gluewright:StartRun':
      return { run: await start(system, input) };
    case 'gluewright:GetRun': {
      const run = await findRun(system, input.run);
      if (run === undefined) return {};
      const outputs = run.settled ? await outputsOf(system, input.run, input.outputs) : {};
      return { status: run.status, settled: run.settled, startedOn: run.createdAt, outputs };
    }
    case 'gluewright:FindRun': {
      const { cause, label } = namesOf(input.parent);
      const run = await findRun(system, runId(input.pipeline, cause, label));
      return run === undefined ? {} : { run: run.id, status: run.status, startedOn: run.createdAt };
    }
    case 'gluewright:StopRun':
      await signalRun(system, input.run, { is: 'stop' });
      return {};
    case 'gluewright:GetUrl':
      return { status: await system.visit(input.url) };
    case 'gluewright:GetDataset': {
      const key = input.interval === null ? withoutInterval : intervalKey(input.interval);
      const published = await readRecord(system.ledger, datasetKey(input.dataset, key), publicationRecord);
      return published === undefined ? {} : { run: published.run, at: published.at };
    }
  }
}

async function start(system: System, { pipeline, params, interval, parent }: ChildRun): Promise<string> {
  const { run, task, attempt } = parent;
  const above = await findRun(system, run);
  const named = interval === undefined ? undefined : readInterval(interval);
  const answer = await startRun(system, {
    pipeline,
    ...namesOf(parent),
    trigger: { kind: 'task', run, task, attempt, ...present({ pipeline: above?.pipeline }) },
    params,
    depth: (above?.depth ?? 0) + 1,
    ...present({ interval: named }),
  });
  if (answer.is === 'run') return answer.run.id;
  throw new RunRefused(answer.problems.join('; '));
}

/** The run's id follows from these. */
function namesOf({ run, task, attempt }: ChildRun['parent']): { readonly cause: string; readonly label: string } {
  return { cause: `task ${run}/${task}/${attempt}`, label: `${run}-${task}-${attempt}` };
}

const time = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))));
const intervalShape = z.strictObject({ start: time, end: time });

function readInterval(interval: Json): Interval {
  const { data } = intervalShape.safeParse(interval);
  if (data !== undefined && Date.parse(data.start) < Date.parse(data.end)) return data;
  throw new RunRefused(
    `interval: came to ${JSON.stringify(interval).slice(0, 200)}, which is not {start, end} of two times`,
  );
}

/** What the SDK's errors have where the service will never do it. */
class RunRefused extends Error {
  override readonly name = 'RunRefused';
  readonly $metadata = { httpStatusCode: 400 };
}

/** The ledger keeps an output only where a later task of the same run reads it: otherwise it lies where the work left it. */
async function outputsOf(system: System, run: string, tasks: readonly string[]): Promise<Record<string, Json>> {
  const outputs: Record<string, Json> = {};
  for (const task of tasks) {
    const { phase, number } = (await readRecord(system.ledger, taskKey(run, task), taskRecord))?.attempt ?? {};
    if (phase?.at !== 'ended' || phase.ending.result !== 'succeeded' || number === undefined) continue;
    outputs[task] = phase.ending.output ?? (await leftAt(system, outputAddress(run, task, number)));
  }
  return outputs;
}

async function leftAt({ objects, outputBucket }: System, address: string): Promise<Json> {
  const read = readOutput(await objects.get(outputBucket, address, outputBytes), outputBytes);
  return read.is === 'read' ? read.value : null;
}
