import { setTimeout } from 'node:timers/promises';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { findRun } from '../../shared/actors/kit/find-run.ts';
import type { System } from '../../shared/services/system.ts';
import type { OpenProject } from './open-project.ts';
import { openProjectRuntime } from './open-project-runtime.ts';
import type { RuntimeOfSession } from './session.ts';
import { settledRuns } from './settled-runs.ts';

/** The system of a runtime in this process. @throws {CommandError} */
export async function embedSession(project: OpenProject): Promise<RuntimeOfSession> {
  const { wrapLedger, whenOver } = settledRuns();
  const runtime = await openProjectRuntime(project, { schedules: false, wrapLedger });
  const { system } = runtime;
  return { system, awaitExecution: (id) => awaitExecution(system, id), whenOver, close: () => runtime.close() };
}

const executionPatience = { looks: 1000, milliseconds: 5 };

/** Gives up after a while: the next runtime finishes the execution. */
async function awaitExecution({ sfn, ledger }: System, id: string): Promise<void> {
  const executionArn = (await findRun({ ledger }, id))?.executionArn;
  if (executionArn === undefined) return;
  for (let look = 0; look < executionPatience.looks; look += 1) {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return;
    await setTimeout(executionPatience.milliseconds);
  }
}
