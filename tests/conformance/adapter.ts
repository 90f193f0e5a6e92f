import { createVirtualClock } from '../../local/clock/virtual-clock.ts';
import { checkDefinitionText } from '../../local/engine/check/check-definition-text.ts';
import { parseJson } from '../../local/engine/data/json-text.ts';
import { createEngine, ServiceError } from '../../local/engine/engine.ts';
import { createMemoryStore } from '../../local/engine/store/create-memory-store.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { workActivities } from './activity-worker.ts';
import { type CaseObject, caseObjects } from './case-objects.ts';
import { readHistory } from './read-history.ts';
import { type Stub, stubPlayer } from './stub-player.ts';
import { stubRunner } from './stub-runner.ts';

type CaseOptions = {
  readonly stubs: readonly Stub[];
  readonly stubWildcards: Readonly<Record<string, string>>;
  readonly s3: readonly CaseObject[];
  readonly type: 'STANDARD' | 'EXPRESS';
};

const roleArn = 'arn:aws:iam::111111111111:role/conformance';
const start = Date.parse('2026-01-02T03:04:05.678Z');

/** Runs one case of the corpus on the engine with a virtual clock. The corpus's README describes inputs and outputs. */
export async function run(definition: Json, input: Json, { stubs, stubWildcards, s3, type }: CaseOptions) {
  const clock = createVirtualClock(start);
  let ended = false;
  const next = stubPlayer(stubs, stubWildcards);
  const { call, close } = engineFor(clock, {
    tasks: stubRunner(next, (operation, request): Promise<unknown> => call(operation, request)),
    objects: caseObjects(s3),
    onStatusChange: ({ name, status }) => {
      ended ||= name === 'case' && status !== 'RUNNING';
    },
  });
  const machine = await call('CreateStateMachine', {
    name: 'conformance',
    type,
    roleArn,
    definition: JSON.stringify(definition),
  });
  await workActivities(definition, next, call);
  const { executionArn } = await call('StartExecution', {
    stateMachineArn: machine.stateMachineArn,
    name: 'case',
    input: JSON.stringify(input),
  });
  await clock.run(() => ended);
  const described = await call('DescribeExecution', { executionArn });
  const history = await readHistory((request) => call('GetExecutionHistory', { executionArn, ...request }));
  await close();
  const { status, output, error, cause } = described;
  if (status === 'SUCCEEDED') return { status, output: parseJson(String(output)), history };
  return { status, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }), history };
}

export function validate(_definition: unknown, { type, text }: { type: 'STANDARD' | 'EXPRESS'; text: string }) {
  const diagnostics = checkDefinitionText(text, { type });
  return { valid: diagnostics.every(({ severity }) => severity !== 'ERROR'), diagnostics };
}

/** One case of TestState. API errors have AWS's name as `code`, as in its SDKs. */
export async function testState(definition: Json, request: JsonObject): Promise<JsonObject> {
  const tasks = stubRunner(stubPlayer([], {}), async () => undefined);
  const { call, close } = engineFor(createVirtualClock(start), { tasks });
  const text = (name: string): object => (request[name] === undefined ? {} : { [name]: JSON.stringify(request[name]) });
  try {
    return await call('TestState', {
      // the recordings name a role only in outputs; states without calls had none
      ...(isJsonObject(definition) && definition.Type === 'Map' && { roleArn }),
      ...request,
      definition: JSON.stringify(definition),
      ...text('input'),
      ...text('context'),
      ...text('variables'),
    });
  } catch (thrown) {
    throw thrown instanceof ServiceError ? Object.assign(thrown, { code: thrown.name }) : thrown;
  } finally {
    await close();
  }
}

type Overrides = Pick<Parameters<typeof createEngine>[0], 'tasks' | 'objects' | 'onStatusChange'>;

function engineFor(clock: ReturnType<typeof createVirtualClock>, overrides: Overrides) {
  let ids = 0;
  const engine = createEngine({
    store: createMemoryStore(),
    clock,
    uuid: () => {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
    },
    random: () => 0.5,
    region: 'us-east-1',
    account: '111111111111',
    ...overrides,
  });
  return {
    async call(operation: string, request: object): Promise<JsonObject> {
      const answer: unknown = await engine.operations[operation]?.(request);
      return isJsonObject(answer) ? answer : {};
    },
    close: () => engine.close(),
  };
}
