import { createVirtualClock, type VirtualClock } from '../../../local/clock/virtual-clock.ts';
import {
  createEngine,
  type Engine,
  type EngineOptions,
  type ExecutionStatusDetail,
} from '../../../local/engine/engine.ts';
import { createMemoryStore } from '../../../local/engine/store/create-memory-store.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';

export const epoch = Date.parse('2026-03-01T00:00:00.000Z');

export type EngineFixture = {
  readonly engine: Engine;
  readonly clock: VirtualClock;
  readonly statuses: ExecutionStatusDetail[];
  call(operation: string, request: object): Promise<JsonObject>;
  /** Creates a machine from the definition and returns its ARN. */
  machine(name: string, definition: object, type?: string): Promise<string>;
  /** Starts an execution, lets time pass until it has ended, and describes it. */
  run(machineArn: string, input?: Json, name?: string): Promise<JsonObject>;
  /** The types of its events, in order. */
  events(executionArn: unknown): Promise<readonly string[]>;
};

/** An engine on a virtual clock, with sequential ids. */
export function engineFixture(
  tasks: EngineOptions['tasks']['run'],
  overrides: Partial<EngineOptions> = {},
): EngineFixture {
  const clock = createVirtualClock(epoch);
  const statuses: ExecutionStatusDetail[] = [];
  let ids = 0;
  const engine = createEngine({
    store: createMemoryStore(),
    clock,
    uuid: () => {
      ids += 1;
      return `id-${ids}`;
    },
    random: () => 0.5,
    region: 'eu-west-1',
    account: '111122223333',
    tasks: { run: tasks },
    onStatusChange: (detail) => void statuses.push(detail),
    ...overrides,
  });
  const call = async (operation: string, request: object): Promise<JsonObject> => {
    const answer: unknown = await engine.operations[operation]?.(request);
    if (!isJsonObject(answer)) throw new Error(`${operation} gave no object`);
    return answer;
  };
  return {
    engine,
    clock,
    statuses,
    call,
    async machine(name, definition, type = 'STANDARD') {
      const request = {
        name,
        type,
        definition: JSON.stringify(definition),
        roleArn: 'arn:aws:iam::111122223333:role/r',
      };
      return String((await call('CreateStateMachine', request)).stateMachineArn);
    },
    async run(stateMachineArn, input = {}, name) {
      const { executionArn } = await call('StartExecution', { stateMachineArn, name, input: JSON.stringify(input) });
      await clock.run(() =>
        statuses.some((detail) => detail.executionArn === executionArn && detail.status !== 'RUNNING'),
      );
      return await call('DescribeExecution', { executionArn });
    },
    async events(executionArn) {
      const { events } = await call('GetExecutionHistory', { executionArn, maxResults: 1000 });
      return Array.isArray(events) ? events.map((event) => String(isJsonObject(event) && event.type)) : [];
    },
  };
}
