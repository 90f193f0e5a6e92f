import { fork } from 'node:child_process';
import path from 'node:path';

/** A function's bundle in its own process, which stays alive between invocations, as in Lambda. */
export type BundleProcess = { invoke(event: unknown): Promise<unknown>; stop(): void };

type Answer = { readonly id: number; readonly answer?: unknown; readonly error?: { name: string; message: string } };

export function startBundle(file: string, environment: Readonly<Record<string, string>>): BundleProcess {
  const child = fork(path.join(import.meta.dirname, 'run-bundle.mjs'), [file], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
  let last = 0;
  return {
    invoke(event) {
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ answer, error }) => {
          waiting.delete(id);
          if (error === undefined) resolve(answer);
          else reject(Object.assign(new Error(error.message), { name: error.name }));
        });
        child.send({ id, event });
      });
    },
    stop: () => child.kill(),
  };
}
