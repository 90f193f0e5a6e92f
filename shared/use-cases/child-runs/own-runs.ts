import { findRun } from '../../actors/kit/find-run.ts';
import { withoutInterval } from '../../actors/publish-datasets.ts';
import { signalRun } from '../../actors/run-actor.ts';
import type { OwnCall } from '../../calls/own-call.ts';
import { datasetKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import { childNames } from '../../runs/run/child-run.ts';
import { runId } from '../../runs/run/run-id.ts';
import type { System } from '../../services/system.ts';
import { intervalKey } from '../../time/interval.ts';
import { publicationRecord } from '../../triggers/datasets/waiting-record.ts';
import { outputsOf } from './child-outputs.ts';
import { getMap, stopMap } from './get-map.ts';
import { startChildRun } from './start-child-run.ts';

/** The same system, whose tasks may also run pipelines. */
export function withOwnRuns(system: System): System {
  const all: System = { ...system, ownRuns: (call) => perform(all, call) };
  return all;
}

async function perform(system: System, { call, input }: OwnCall): Promise<unknown> {
  switch (call) {
    case 'gluewright:StartRun':
      return { run: await startChildRun(system, input) };
    case 'gluewright:GetRun': {
      const run = await findRun(system, input.run);
      if (run === undefined) return {};
      const outputs = run.settled ? await outputsOf(system, input.run, input.outputs) : {};
      return { status: run.status, settled: run.settled, startedOn: run.createdAt, outputs };
    }
    case 'gluewright:FindRun': {
      const { cause, label } = childNames(input.parent);
      const run = await findRun(system, runId(input.pipeline, cause, label));
      return run === undefined ? {} : { run: run.id, status: run.status, startedOn: run.createdAt };
    }
    case 'gluewright:StopRun':
      await signalRun(system, input.run, { is: 'stop' });
      return {};
    // code that functions seldom need is loaded at its first use
    case 'gluewright:StartMap':
      return (await import('./start-map.ts')).startMap(system, input);
    case 'gluewright:GetMap':
      return getMap(system, input);
    case 'gluewright:StopMap':
      return stopMap(system, input);
    case 'gluewright:GatherOutputs':
      return (await import('./gather-outputs.ts')).gatherOutputs(system, input);
    case 'gluewright:GetUrl':
      return { status: await system.visit(input.url) };
    case 'gluewright:GetDataset': {
      const key = input.interval === null ? withoutInterval : intervalKey(input.interval);
      const published = await readRecord(system.ledger, datasetKey(input.dataset, key), publicationRecord);
      return published === undefined ? {} : { run: published.run, at: published.at };
    }
  }
}
