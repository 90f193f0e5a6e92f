import type { DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import { present } from '../../json.ts';
import { keepKey } from '../../ledger/ledger-keys.ts';
import { outcomes } from '../../protocol/outcome.ts';
import { isNotYet } from '../../runs/run/advance-run.ts';
import { executionInput } from '../../runs/run/execution-input.ts';
import type { RunRecord } from '../../runs/run/run-record.ts';
import type { RunSignal } from '../../runs/run/run-signal.ts';
import { askExecution, executionArnOf, startExecution, stopExecution } from '../../services/sfn.ts';
import type { System } from '../../services/system.ts';
import { tellBadEnd } from './bad-end.ts';

/** Starts the run's execution. The execution's name is the run's id. */
export async function launch(system: System, run: RunRecord): Promise<RunSignal[]> {
  const entry = system.catalog.byName(run.pipeline);
  if (entry === undefined) {
    return [{ is: 'launch-refused', error: 'Gluewright.NoSuchPipeline', cause: `${run.pipeline} is not deployed` }];
  }
  const keep = (await system.ledger.get(keepKey(run.id)))?.value;
  const input = executionInput(run, keep === undefined ? undefined : outcomes.parse(keep.tasks));
  const launched = await startExecution(system.sfn, entry, run.id, JSON.stringify(input));
  const waits = launched.is === 'refused' && launched.mayPass && system.settles && isNotYet(run, system.clock());
  const message = waits ? 'execution not possible yet' : `execution ${launched.is}`;
  const why = launched.is === 'refused' ? { level: 'warning', error: launched.error } : {};
  system.log({ message, run: run.id, pipeline: run.pipeline, ...why });
  switch (launched.is) {
    case 'there':
      return [{ is: 'launched', executionArn: launched.executionArn }];
    case 'refused':
      return [
        {
          is: 'launch-refused',
          error: launched.error,
          cause: launched.cause,
          ...(launched.mayPass && system.settles ? { mayPass: true } : {}),
        },
      ];
    case 'later':
      return [];
  }
}

/** Stops an execution that may have started, and asks how it ended. */
export async function halt(system: System, run: RunRecord): Promise<RunSignal[]> {
  const entry = system.catalog.byName(run.pipeline);
  const executionArn =
    run.executionArn ?? (entry === undefined ? undefined : executionArnOf(entry.stateMachineArn, run.id));
  if (executionArn === undefined) return [{ is: 'execution-gone' }];
  await stopExecution(system.sfn, executionArn, 'asked for');
  return ask(system, run, executionArn);
}

/** Asks for the state of an execution. */
export async function ask(system: System, { id, pipeline }: RunRecord, executionArn: string): Promise<RunSignal[]> {
  const answer = await askExecution(system.sfn, executionArn);
  if (answer === 'later') return [];
  if (answer !== 'gone' && 'denied' in answer) {
    system.log({ message: 'execution not read', level: 'warning', run: id, pipeline, cause: answer.denied });
    return [{ is: 'execution-denied', reason: answer.denied }];
  }
  const [machine = ''] = executionArn.split(':').slice(-2);
  const status = answer === 'gone' ? answer : (answer.status ?? 'UNKNOWN');
  // its event may be lost
  tellBadEnd(system, id, machine, status);
  return [answer === 'gone' ? { is: 'execution-gone' } : executionSignal(answer, id, pipeline, executionArn)];
}

function executionSignal(
  { status, startDate, stopDate, error, cause }: DescribeExecutionCommandOutput,
  id: string,
  pipeline: string,
  executionArn: string,
): RunSignal {
  return {
    is: 'execution',
    id,
    pipeline,
    executionArn,
    status: status ?? 'UNKNOWN',
    ...present({ startedAt: startDate?.getTime(), endedAt: stopDate?.getTime(), error, cause }),
  };
}
