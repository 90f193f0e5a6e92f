import { Worker } from 'node:worker_threads';
import { tookTooLong } from './bounds.ts';
import type { ParseProblem } from './parse-expression.ts';

/** `bindings` is JSON text; `seed` makes the random numbers and ids. */
export type Job = {
  readonly expression: string;
  readonly bindings: string;
  readonly now: number;
  readonly seed: number;
};

/** `result` is JSON text, or undefined as the expression's own. */
export type Answer =
  | { readonly result: string | undefined }
  | { readonly unsupported: true }
  | { readonly problem: Pick<ParseProblem, 'code' | 'message'> };

/** The worker stops itself after a second, when it can; when it cannot, it is ended a little later. */
const patienceMs = 1_250;
/** What a worker takes to start is not the expression's fault, and much on a machine that is busy. */
const startMs = 15_000;
const memory = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 64 };
const outOfMemory = { code: 'U1001', message: 'The expression needs more memory than there is' };

/**
 * Evaluates one expression after the other in a worker that can be ended: a regular expression or a long native call
 * stops for nothing else, and a context of `node:vm` has a time limit but no limit of memory. Some 0.1 ms a call; 50 ms
 * when the worker has to be started, first or anew.
 */
export function createConfinedEvaluation(): (job: Job) => Promise<Answer> {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const answer = last.then(() => {
      const milliseconds = worker === undefined ? startMs + patienceMs : patienceMs;
      worker ??= start();
      return ask(worker, job, milliseconds, () => {
        worker = undefined;
      });
    });
    last = answer;
    return answer;
  };
}

/** Beside the source when run as it is, beside the built file when built. */
function start(): Worker {
  const file = import.meta.url.endsWith('.ts') ? './confined-worker.ts' : './confined-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), { resourceLimits: memory, stdout: true, stderr: true });
  worker.unref();
  return worker;
}

/** Never rejects. `lost` is called when the worker is of no more use. */
function ask(worker: Worker, job: Job, milliseconds: number, lost: () => void): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      worker.off('message', settle).off('error', onEnd).off('exit', onEnd);
      worker.unref(); // an idle worker keeps no process alive
      resolve(answer);
    };
    const giveUp = (problem: Pick<ParseProblem, 'code' | 'message'>) => {
      lost();
      settle({ problem });
      worker.on('error', () => undefined); // what it says while it is being ended
      void worker.terminate();
    };
    const onEnd = () => giveUp(outOfMemory);
    const timer = setTimeout(() => giveUp(tookTooLong), milliseconds);
    worker.ref();
    worker.on('message', settle).on('error', onEnd).on('exit', onEnd);
    worker.postMessage(job);
  });
}
