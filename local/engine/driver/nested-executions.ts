import type { CallOrder } from '../frames/command.ts';
import type { Execution } from '../frames/execution.ts';
import type { Signal } from '../frames/signal.ts';
import { revive } from '../store/execution-record.ts';
import type { EngineCore } from './engine-core.ts';
import { childEnded, childRequest, nestedFailure } from './nested-execution.ts';

export type NestedExecutions = {
  start(parent: Execution, frame: number, call: CallOrder): Promise<void>;
  /** Stops the execution because the state that started it no longer waits. */
  stop(call: CallOrder): void;
  /** Called when an execution ends, to signal the state that waits for it. */
  ended(child: Execution): void;
};

/** Executions that states start and wait for. Like other tasks, they report by signals. */
export function nestedExecutions(core: EngineCore, send: (arn: string, signal: Signal) => void): NestedExecutions {
  const { options, driver } = core;
  const byToken = new Map<string, string>();
  const starting = new Set<string>();

  function ended(child: Execution): void {
    const { starter } = child;
    // The submission comes first, even if the child has already ended.
    if (starter === undefined || starting.has(starter.token)) return;
    byToken.delete(starter.token);
    send(starter.executionArn, childEnded(child, starter));
  }

  /** It may have ended already, if the call is repeated after a restart. */
  function endedBefore(arn: string): void {
    const record = options.store.execution(arn);
    if (record !== undefined) ended(revive(record, { timeoutSeconds: undefined, scopes: [] }, [], 0));
  }

  return {
    ended,
    async start(parent, frame, call) {
      const { token } = call;
      const request = childRequest(parent, frame, call);
      starting.add(token);
      try {
        const { arn, startedAt } = await core.startWithRetries(request);
        starting.delete(token);
        const output = { ExecutionArn: arn, StartDate: startedAt };
        const waits = request.starter !== undefined || call.resource.endsWith('.waitForTaskToken');
        send(parent.arn, { kind: waits ? 'task-submitted' : 'task-succeeded', frame, token, output });
        if (request.starter === undefined) return;
        byToken.set(token, arn);
        if (driver.live(arn) === undefined) endedBefore(arn);
      } catch (thrown) {
        starting.delete(token);
        send(parent.arn, { kind: 'task-failed', frame, token, ...nestedFailure(thrown) });
      }
    },
    stop({ token }) {
      const arn = byToken.get(token);
      if (arn !== undefined) send(arn, { kind: 'stop' });
    },
  };
}
