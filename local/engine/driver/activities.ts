import type { Clock } from '../../clock/clock.ts';
import { jsonText } from '../data/json-text.ts';
import type { CallOrder } from '../frames/command.ts';
import type { Signal } from '../frames/signal.ts';

export type ActivityTask = { readonly taskToken: string; readonly input: string };

export type Activities = {
  /** A task of a state, to be taken by one of its activity's workers. */
  schedule(executionArn: string, frame: number, call: CallOrder): void;
  cancel(call: CallOrder): void;
  /** Resolves with the oldest task as soon as there is one, or with undefined after `waitMs`. */
  take(activityArn: string, worker: string | undefined, waitMs: number): Promise<ActivityTask | undefined>;
};

type Waiting = { readonly executionArn: string; readonly frame: number; readonly call: CallOrder };

/** Waiting tasks and waiting workers by activity. A task that was taken is recorded in its execution. */
export function createActivities(clock: Clock, signal: (arn: string, signal: Signal) => Promise<boolean>): Activities {
  const tasks = new Map<string, Waiting[]>();
  const workers = new Map<string, ((task: Waiting) => void)[]>();

  function listIn<T>(lists: Map<string, T[]>, arn: string): T[] {
    const list = lists.get(arn) ?? [];
    lists.set(arn, list);
    return list;
  }

  function next(activityArn: string, waitMs: number): Promise<Waiting | undefined> {
    const waiting = listIn(tasks, activityArn).shift();
    if (waiting !== undefined) return Promise.resolve(waiting);
    return new Promise((resolve) => {
      const cancel = clock.at(clock.now() + waitMs, () => {
        const queue = listIn(workers, activityArn);
        queue.splice(queue.indexOf(worker), 1);
        resolve(undefined);
      });
      const worker = (task: Waiting) => {
        cancel();
        resolve(task);
      };
      listIn(workers, activityArn).push(worker);
    });
  }

  return {
    schedule(executionArn, frame, call) {
      const waiting = { executionArn, frame, call };
      const worker = listIn(workers, call.resource).shift();
      if (worker === undefined) listIn(tasks, call.resource).push(waiting);
      else worker(waiting);
    },
    cancel({ resource, token }) {
      const queue = listIn(tasks, resource);
      const at = queue.findIndex(({ call }) => call.token === token);
      if (at >= 0) queue.splice(at, 1);
    },
    async take(activityArn, worker, waitMs) {
      const until = clock.now() + waitMs;
      for (;;) {
        const waiting = await next(activityArn, Math.max(0, until - clock.now()));
        if (waiting === undefined) return undefined;
        const { executionArn, frame, call } = waiting;
        const named = worker === undefined ? {} : { worker };
        const live = await signal(executionArn, { kind: 'task-taken', frame, token: call.token, ...named });
        if (live) return { taskToken: call.token, input: jsonText(call.arguments) };
      }
    },
  };
}
