import { setTimeout } from 'node:timers/promises';
import { listRuns } from '../../shared/views/runs/list-runs.ts';
import type { Session } from '../open/session.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

const lookMilliseconds = 50;
const patienceMilliseconds = 30_000;

export async function latestRun({ system }: Session, pipeline: string): Promise<string | undefined> {
  const { runs } = await listRuns(system.ledger, { limit: 1, pipeline });
  return runs[0]?.id;
}

/** The run that the arrival started: the pipeline's first after `earlier`. @throws {CommandError} */
export async function startedRun(session: Session, pipeline: string, earlier: string | undefined): Promise<string> {
  for (let waited = 0; waited < patienceMilliseconds; waited += lookMilliseconds) {
    const latest = await latestRun(session, pipeline);
    if (latest !== undefined && latest !== earlier) return latest;
    await setTimeout(lookMilliseconds);
  }
  throw new CommandError(exitCodes.failed, 'the arrival started no run; functions.log in the home folder may say why');
}
