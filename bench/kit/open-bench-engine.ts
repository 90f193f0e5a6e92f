import { randomUUID } from 'node:crypto';
import { createRealClock } from '../../local/clock/real-clock.ts';
import { createEngine, type TaskCall } from '../../local/engine/engine.ts';
import type { EngineStore } from '../../local/engine/ports/engine-store.ts';
import { account, region } from '../../local/service/account.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';

export type BenchEngine = {
  call(operation: string, request: object): Promise<JsonObject>;
  /** Makes a Standard machine of the definition. @returns its ARN */
  machine(name: string, definition: object): Promise<string>;
  /** Starts an execution with an input of a few bytes. `ended` rejects when it does not succeed. */
  start(machineArn: string, name: string): Promise<{ readonly executionArn: string; readonly ended: Promise<void> }>;
  /** Starts one, and resolves once it has succeeded. @throws {Error} it did not */
  run(machineArn: string, name: string): Promise<void>;
  recover(): Promise<void>;
  close(): Promise<void>;
};

type Call = BenchEngine['call'];

/** A task's result. For a task that waits for its token it is ignored: `call` says how it ended. */
export type Perform = (task: TaskCall, call: Call) => Promise<unknown>;

/** Tokens are settled in the process, at once. */
const settleAtOnce: Perform = async ({ resource, taskToken }, call) => {
  if (resource.endsWith('.waitForTaskToken'))
    queueMicrotask(() => void call('SendTaskSuccess', { taskToken, output: '{"rows":1}' }));
  return { rows: 1 };
};

/** The engine alone, with the real clock: no SDK, no wire. */
export function openBenchEngine(store: EngineStore, perform: Perform = settleAtOnce): BenchEngine {
  const running = new Map<string, { readonly resolve: () => void; readonly reject: (error: Error) => void }>();
  const engine = createEngine({
    store,
    clock: createRealClock(),
    uuid: randomUUID,
    random: Math.random,
    region,
    account,
    tasks: { run: (task) => perform(task, call) },
    onStatusChange({ executionArn, status, cause }) {
      if (status === 'RUNNING') return;
      if (status === 'SUCCEEDED') running.get(executionArn)?.resolve();
      else running.get(executionArn)?.reject(new Error(`${executionArn} ended ${status}: ${cause}`));
      running.delete(executionArn);
    },
  });

  async function call(operation: string, request: object): Promise<JsonObject> {
    const answer: unknown = await engine.operations[operation]?.(request);
    if (!isJsonObject(answer)) throw new Error(`${operation} gave no object`);
    return answer;
  }

  async function start(stateMachineArn: string, name: string) {
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    running.set(executionArn, { resolve, reject });
    await call('StartExecution', { stateMachineArn, name, input: '{"day":"2026-11-22"}' });
    return { executionArn, ended: promise };
  }

  return {
    call,
    async machine(name, definition) {
      const roleArn = `arn:aws:iam::${account}:role/bench`;
      const request = { name, roleArn, type: 'STANDARD', definition: JSON.stringify(definition) };
      return String((await call('CreateStateMachine', request)).stateMachineArn);
    },
    start,
    async run(machineArn, name) {
      await (await start(machineArn, name)).ended;
    },
    recover: () => engine.recover(),
    close: () => engine.close(),
  };
}
