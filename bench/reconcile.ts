import { parseArgs } from 'node:util';
import { readPipelineValue } from '../shared/pipeline/read-pipeline.ts';
import { reconcile as reconcileOnce } from '../shared/use-cases/reconciler/reconcile.ts';
import { openSimulator } from '../testing/simulator.ts';

const tasksEach = 500;

/** Cost of the reconciler while many job runs are open: invocations, calls and real time, all in memory. */
export async function reconcile(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { waits: { type: 'string', default: '10000' }, json: { type: 'boolean' } },
  });
  const runs = Math.max(1, Math.round(Number(values.waits) / tasksEach));
  const tasks = Array.from({ length: tasksEach }, (_, index) => [`t${index}`, { 'glue-job': 'long' }]);
  const file = { pipeline: 'waits', runs: { max: runs, deadline: '3d' }, tasks: Object.fromEntries(tasks) };
  const { pipeline, problems } = readPipelineValue(file, 'bench');
  if (pipeline === undefined) throw new Error(problems.map(({ message }) => message).join('; '));
  const simulator = await openSimulator([pipeline], {
    maxConcurrentRuns: { long: runs * tasksEach },
    jobs: Object.fromEntries(tasks.map(([name]) => [String(name), { seconds: 200_000 }])),
    reconcileSeconds: 100_000,
  });
  for (let run = 1; run <= runs; run++) await simulator.startRun({ pipeline: 'waits', cause: String(run) });
  await simulator.pass(1);

  let calls = 0;
  const { system } = simulator.runtime;
  const ledger = { ...system.ledger, get: counted(system.ledger.get), list: counted(system.ledger.list) };
  function counted<A extends unknown[], R>(act: (...given: A) => R): (...given: A) => R {
    return (...given) => {
      calls += 1;
      return act(...given);
    };
  }
  const began = performance.now();
  let [looked, invocations] = [0, 0];
  for (let next: string | undefined = ''; next !== undefined; invocations += 1) {
    const done = await reconcileOnce({ ...system, ledger });
    looked += done.looked;
    next = done.next;
  }
  const ms = Math.round(performance.now() - began);
  simulator.close();
  if (values.json === true) console.log(JSON.stringify({ waits: looked, invocations, ledgerReads: calls, ms }));
  else console.log(`${looked} open waits: ${invocations} invocations, ${calls} reads of the ledger, ${ms} ms`);
}
