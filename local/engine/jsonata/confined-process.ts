import { Worker } from 'node:worker_threads';
import { tookTooLong } from './bounds.ts';
import type { ParseProblem } from './parse-expression.ts';

/** `bindings` is JSON text. `seed` makes the random numbers and ids. */
export type Job = {
  readonly expression: string;
  readonly bindings: string;
  readonly now: number;
  readonly seed: number;
};

/** `result` is JSON text, or undefined if the expression returned undefined. */
export type Answer =
  | { readonly result: string | undefined }
  | { readonly unsupported: true }
  | { readonly problem: Pick<ParseProblem, 'code' | 'message'> };

/** A worker evaluates one job at a time. `lost`: it was terminated, and takes no more jobs. */
export type ConfinedWorker = { ask(job: Job): Promise<Answer & { readonly lost?: true }> };

/** The worker stops itself after a second if it can. Otherwise it is terminated a little later. */
const patienceMs = 1_250;
/** The start has its own limit: it is not the expression's time, and is slow on a busy machine. */
const startMs = 15_000;
const memory = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 64 };
const outOfMemory = { code: 'U1001', message: 'The expression needs more memory than there is' };
const doesNotStart = { code: 'U1001', message: 'The worker that evaluates the expression does not start' };

/** The worker's first message says that it has started. All others are answers. */
export const ready = 'ready';

/** Starts a thread that evaluates one expression after another. An idle one does not keep the process alive. */
export function startConfinedWorker(): ConfinedWorker {
  const worker = start();
  const started = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), startMs);
    const settle = (value: boolean) => {
      clearTimeout(timer);
      resolve(value);
    };
    worker.once('message', (message) => settle(message === ready));
    worker.once('exit', () => settle(false));
  });
  // Without a listener, an error of a terminating worker would end this process.
  worker.on('error', () => undefined);
  const lose = (problem: { readonly code: string; readonly message: string }) => {
    void worker.terminate();
    return { problem, lost: true } as const;
  };
  return {
    async ask(job) {
      worker.ref();
      if (!(await started)) return lose(doesNotStart);
      const answer = await answerOf(worker, job);
      worker.unref();
      return answer === 'late' ? lose(tookTooLong) : answer === 'ended' ? lose(outOfMemory) : answer;
    },
  };
}

/** Beside the source in development, and beside the bundle when built. */
function start(): Worker {
  const file = import.meta.url.endsWith('.ts') ? './confined-worker.ts' : './confined-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), { resourceLimits: memory, stdout: true, stderr: true });
  worker.unref();
  return worker;
}

/** Never rejects. */
function answerOf(worker: Worker, job: Job): Promise<Answer | 'late' | 'ended'> {
  return new Promise((resolve) => {
    const settle = (answer: Answer | 'late' | 'ended') => {
      clearTimeout(timer);
      worker.off('message', settle).off('exit', onExit);
      resolve(answer);
    };
    const onExit = () => settle('ended');
    const timer = setTimeout(() => settle('late'), patienceMs);
    worker.on('message', settle).on('exit', onExit);
    worker.postMessage(job);
  });
}
