import { type Answer, type ConfinedWorker, type Job, startConfinedWorker } from './confined-process.ts';

type Pending = { readonly job: Job; readonly settle: (answer: Answer) => void; readonly since: number };

/** Limit for workers, because each may take a gigabyte. */
const mostWorkers = 3;
/** Another worker starts when a job has waited this long. Starting one takes longer than most jobs. */
const waitMs = 25;
const mostSuspects = 1_000;

/**
 * Evaluates expressions in workers that can be terminated. Nothing else stops a regular expression or a long native
 * call, and a `node:vm` context has a time limit but no memory limit. A call takes about 0.1 ms, or 50 ms if a worker
 * has to start first. An expression that had to be terminated is a suspect. One worker is always reserved for the
 * others, so that a Map over a stuck expression delays nobody else.
 */
export function createConfinedEvaluation(
  startWorker: () => ConfinedWorker = startConfinedWorker,
): (job: Job) => Promise<Answer> {
  const idle: ConfinedWorker[] = [];
  const pending: Pending[] = [];
  const suspects = new Set<string>();
  let workers = 0;
  let busyWithSuspects = 0;

  function pump(): void {
    for (let at = 0; at < pending.length && (idle.length > 0 || workers < mostWorkers); ) {
      const next = pending[at];
      const worker = next === undefined || mustWait(next) ? undefined : takeWorker(next);
      if (next === undefined || worker === undefined) {
        at += 1;
        continue;
      }
      pending.splice(at, 1);
      void run(worker, next);
    }
  }

  function mustWait({ job }: Pending): boolean {
    return suspects.has(job.expression) && busyWithSuspects >= mostWorkers - 1;
  }

  function takeWorker({ since }: Pending): ConfinedWorker | undefined {
    const free = idle.pop();
    if (free !== undefined) return free;
    const hasWaited = performance.now() - since >= waitMs;
    if (workers >= mostWorkers || (workers > 0 && !hasWaited)) return undefined;
    workers += 1;
    return startWorker();
  }

  async function run(worker: ConfinedWorker, { job, settle }: Pending): Promise<void> {
    const suspect = suspects.has(job.expression);
    if (suspect) busyWithSuspects += 1;
    const { lost, ...answer } = await worker.ask(job);
    if (suspect) busyWithSuspects -= 1;
    if (lost === true) {
      workers -= 1;
      if (suspects.size >= mostSuspects) suspects.clear();
      suspects.add(job.expression);
    } else {
      idle.push(worker);
      suspects.delete(job.expression);
    }
    settle(answer);
    pump();
  }

  return (job) =>
    new Promise((settle) => {
      pending.push({ job, settle, since: performance.now() });
      pump();
      // Looks again when the job may have another worker. The end of another job also triggers a look.
      if (pending.length > 0 && workers < mostWorkers) setTimeout(pump, waitMs + 1);
    });
}
