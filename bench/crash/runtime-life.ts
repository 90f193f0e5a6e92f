import { existsSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExecutionAlreadyExists, ListExecutionsCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { createRealClock } from '../../local/clock/real-clock.ts';
import { openEngineStore } from '../../local/engine/store/open-engine-store.ts';
import { openDeliveryStore } from '../../local/events/delivery-store.ts';
import { openRuntime } from '../../local/runtime.ts';
import { stackNames } from '../../local/stack/account.ts';
import { openDatabase } from '../../local/storage/open-database.ts';
import { startRun } from '../../shared/actors/start-run.ts';
import { openShards, runsPartition } from '../../shared/ledger/ledger-keys.ts';
import { listOf } from '../../shared/ledger/shards.ts';
import { stopRun } from '../../shared/use-cases/requests/stop-run.ts';
import { openJournal, type RuntimeEntry, readJournal } from './journal.ts';
import { bucket, type Kind, kinds, runtimeLoad } from './runtime-load.ts';

/*
 * One life of the process that `crash --what runtime` kills: `node runtime-life.ts FOLDER IN_FLIGHT`. It continues the
 * work of earlier lives, and keeps about IN_FLIGHT runs going. With 0 it ends when all have ended.
 */
const [folder = '', flying = '0'] = process.argv.slice(2);
const inFlight = Number(flying);
/** Runs that have not ended by then count as lost. */
const patienceMs = 180_000;

/** Latest moment of a stop after the start of its run. */
const longestMs = 1_000;

const journalFile = path.join(folder, 'journal');
const journal = openJournal<RuntimeEntry>(journalFile);
process.stdout.write('alive\n');

const home = path.join(folder, 'home');
const began = performance.now();
const runtime = await openRuntime({
  ...runtimeLoad(path.join(folder, 'starts')),
  home,
  clock: createRealClock(),
  reconcileSeconds: 5,
  onSurprise: (error) =>
    journal.write({ is: 'surprise', error: error instanceof Error ? (error.stack ?? '') : String(error) }),
});
const { clients, system } = runtime;
const aside = openDatabase(path.join(home, 'gluewright.db'));
const [executions, deliveries] = [openEngineStore(aside), openDeliveryStore(aside)];
const byHandArn = stackNames('local').machineArn('by-hand');
journal.write({ is: 'recovered', ms: performance.now() - began, runs: await live() });

const before = readJournal<RuntimeEntry>(journalFile);
const answered = new Set(before.flatMap((entry) => (entry.is === 'answered' ? [entry.id] : [])));
let asked = 0;
for (const entry of before) {
  if (entry.is !== 'asked') continue;
  asked += 1;
  if (!answered.has(entry.id)) await ask(entry.id, entry.kind);
}

if (inFlight === 0) {
  const until = Date.now() + patienceMs;
  while (!(await allOver()) && Date.now() < until) await sleep(100);
  await runtime.close();
  journal.close();
} else {
  for (;;) {
    if ((await live()) < inFlight) await askNext();
    await sleep(50);
  }
}

async function askNext(): Promise<void> {
  const kind = kinds[asked % kinds.length] ?? 'graph';
  asked += 1;
  const id = `${kind}-${asked}`;
  journal.write({ is: 'asked', id, kind });
  // The next run may start meanwhile.
  if (kind === 'stopped') void ask(id, kind);
  else await ask(id, kind);
}

/** Repeats the request like a client that got no answer. */
async function ask(id: string, kind: Kind): Promise<void> {
  if (kind === 'arrivals') drop(id);
  else if (kind === 'by-hand') await startByHand(id);
  else await startPipeline(id, kind);
  journal.write({ is: 'answered', id });
}

async function startPipeline(id: string, kind: 'graph' | 'broken' | 'stopped'): Promise<void> {
  const answer = await startRun(system, { pipeline: kind, cause: id, trigger: { kind: 'cli' }, params: { id } });
  if (kind !== 'stopped' || answer.is !== 'run') return;
  await sleep(Math.random() * longestMs);
  await stopRun(system, answer.run.id);
}

async function startByHand(name: string): Promise<void> {
  try {
    await clients.sfn.send(new StartExecutionCommand({ stateMachineArn: byHandArn, name }));
  } catch (error) {
    // Requested earlier and already over.
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}

/** Writes the object atomically and once: another version would be another arrival. */
function drop(id: string): void {
  const file = path.join(home, 's3', bucket, `${id}.csv`);
  if (existsSync(file)) return;
  const draft = path.join(folder, id);
  writeFileSync(draft, 'line\n');
  renameSync(draft, file);
}

async function live(): Promise<number> {
  const items = await listOf(system.ledger, openShards, { prefix: 'run#' });
  return items.length + (await byHandRunning());
}

async function byHandRunning(): Promise<number> {
  const list = new ListExecutionsCommand({ stateMachineArn: byHandArn, statusFilter: 'RUNNING', maxResults: 1_000 });
  return (await clients.sfn.send(list)).executions?.length ?? 0;
}

async function allOver(): Promise<boolean> {
  const dropped = readJournal<RuntimeEntry>(journalFile).filter(
    (entry) => entry.is === 'asked' && entry.kind === 'arrivals',
  ).length;
  const { items: arrived } = await system.ledger.list(runsPartition('arrivals'), { limit: dropped });
  const open = await listOf(system.ledger, openShards);
  if (arrived.length < dropped || open.length > 0) return false;
  // the last state of a run settles before its execution ends, and the end is reported later
  return executions.executions({ status: 'RUNNING', limit: 1 }).length + deliveries.pending().length === 0;
}
