import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TaskCall, TaskFailure } from '../../local/engine/engine.ts';
import { openEngineStore } from '../../local/engine/store/open-engine-store.ts';
import { openDatabase } from '../../local/storage/open-database.ts';
import { openBenchEngine } from '../kit/open-bench-engine.ts';
import { openJournal, readJournal } from './journal.ts';
import { crashLoad } from './load.ts';

/*
 * One life of the process that `crash` kills: `node life.ts FOLDER IN_FLIGHT`. It continues the work of earlier lives,
 * and keeps IN_FLIGHT new executions going until it is killed. With 0 it ends when all have ended.
 */
const [folder = '', flying = '0'] = process.argv.slice(2);
const inFlight = Number(flying);
const journalFile = path.join(folder, 'journal');
const journal = openJournal(journalFile);
process.stdout.write('alive\n');

const began = performance.now();
const database = openDatabase(path.join(folder, 'engine.db'));
const engine = openBenchEngine(openEngineStore(database), perform);
const machineArn = await engine.machine('load', crashLoad);
await engine.recover();
const running = await engine.call('ListExecutions', {
  stateMachineArn: machineArn,
  statusFilter: 'RUNNING',
  maxResults: 1_000,
});
const executions = Array.isArray(running.executions) ? running.executions.length : 0;
journal.write({ is: 'recovered', ms: performance.now() - began, executions });

const before = readJournal(journalFile);
const settledBefore = new Set(before.flatMap((entry) => (entry.is === 'settled' ? [entry.token] : [])));
for (const entry of before) {
  if (entry.is === 'called' && entry.waits && !settledBefore.has(entry.token)) void settle(entry.token);
}

if (inFlight === 0) await allEnded();
else await Promise.all(Array.from({ length: inFlight }, runForEver));
await engine.close();
database.close();
journal.close();

async function perform({ executionArn, arguments: given, resource, taskToken }: TaskCall): Promise<unknown> {
  const step = stepIn(given);
  const waits = resource.endsWith('.waitForTaskToken');
  journal.write({ is: 'called', execution: executionArn, step, token: taskToken, waits });
  if (waits) void settle(taskToken);
  else if (step === 'Flaky 0') throw new TaskFailure('Again');
  return {};
}

/** Settles a token later, as an outside worker would. An earlier life may have settled it already. */
async function settle(taskToken: string): Promise<void> {
  await sleep(Math.random() * 60);
  try {
    await engine.call('SendTaskSuccess', { taskToken, output: '{}' });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TaskTimedOut') throw error;
  }
  journal.write({ is: 'settled', token: taskToken });
}

async function runForEver(): Promise<void> {
  for (;;) {
    const { executionArn, ended } = await engine.start(machineArn, randomUUID());
    journal.write({ is: 'started', execution: executionArn });
    await ended;
    journal.write({ is: 'ended', execution: executionArn });
  }
}

async function allEnded(): Promise<void> {
  for (;;) {
    const { executions: left } = await engine.call('ListExecutions', {
      stateMachineArn: machineArn,
      statusFilter: 'RUNNING',
    });
    if (!Array.isArray(left) || left.length === 0) return;
    await sleep(50);
  }
}

function stepIn(given: unknown): string {
  const payload = typeof given === 'object' && given !== null && 'Payload' in given ? given.Payload : undefined;
  const step = typeof payload === 'object' && payload !== null && 'step' in payload ? payload.step : undefined;
  return typeof step === 'string' ? step : '';
}
