import { randomUUID } from 'node:crypto';
import { account, region } from '../local/account.ts';
import { createEngine, type TaskCall } from '../local/engine/engine.ts';
import type { EngineStore } from '../local/engine/store/engine-store.ts';
import { createRealClock } from '../local/real-clock.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';

export type BenchEngine = {
  call(operation: string, request: object): Promise<JsonObject>;
  /** Makes a Standard machine of the definition. @returns its ARN */
  machine(name: string, definition: object): Promise<string>;
  /** Starts an execution with an input of a few bytes. Resolves once it has succeeded. @throws {Error} it did not */
  run(machineArn: string, name: string): Promise<void>;
  close(): Promise<void>;
};

/** The engine alone, with the real clock: no SDK, no wire. Tokens are settled in the process, at once. */
export function openBenchEngine(store: EngineStore): BenchEngine {
  const running = new Map<string, { readonly resolve: () => void; readonly reject: (error: Error) => void }>();
  const engine = createEngine({
    store,
    clock: createRealClock(),
    uuid: randomUUID,
    random: Math.random,
    region,
    account,
    tasks: { run: perform },
    onStatusChange({ executionArn, status, cause }) {
      if (status === 'RUNNING') return;
      if (status === 'SUCCEEDED') running.get(executionArn)?.resolve();
      else running.get(executionArn)?.reject(new Error(`${executionArn} ended ${status}: ${cause}`));
      running.delete(executionArn);
    },
  });

  async function perform({ resource, taskToken }: TaskCall): Promise<unknown> {
    if (resource.endsWith('.waitForTaskToken'))
      queueMicrotask(() => void call('SendTaskSuccess', { taskToken, output: '{"rows":1}' }));
    return { rows: 1 };
  }

  async function call(operation: string, request: object): Promise<JsonObject> {
    const answer: unknown = await engine.operations[operation]?.(request);
    if (!isJsonObject(answer)) throw new Error(`${operation} gave no object`);
    return answer;
  }

  return {
    call,
    async machine(name, definition) {
      const roleArn = `arn:aws:iam::${account}:role/bench`;
      const request = { name, roleArn, type: 'STANDARD', definition: JSON.stringify(definition) };
      return String((await call('CreateStateMachine', request)).stateMachineArn);
    },
    async run(stateMachineArn, name) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      running.set(`${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`, { resolve, reject });
      await call('StartExecution', { stateMachineArn, name, input: '{"day":"2026-11-22"}' });
      await promise;
    },
    close: () => engine.close(),
  };
}
