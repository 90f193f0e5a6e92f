import { parseJson } from '../../local/engine/data/json-text.ts';
import { createEngine, type ObjectStore, TaskFailure, type TaskRunner } from '../../local/engine/engine.ts';
import { createMemoryStore } from '../../local/engine/store/create-memory-store.ts';
import { createVirtualClock } from '../../local/virtual-clock.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { readHistory } from './read-history.ts';
import { type Stub, stubPlayer } from './stub-player.ts';

type CaseOptions = {
  readonly stubs: readonly Stub[];
  readonly stubWildcards: Readonly<Record<string, string>>;
  readonly s3: readonly { readonly bucket: string; readonly key: string; readonly body: string }[];
  readonly type: 'STANDARD' | 'EXPRESS';
};

/** Runs one case of the corpus on the engine itself, with a virtual clock; its README says what goes in and out. */
export async function run(definition: Json, input: Json, { stubs, stubWildcards, s3, type }: CaseOptions) {
  const clock = createVirtualClock(Date.parse('2026-01-02T03:04:05.678Z'));
  let ids = 0;
  const uuid = () => {
    ids += 1;
    return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
  };
  let ended = false;
  const tasks = stubRunner(stubs, stubWildcards, async (operation, request) => {
    await engine.operations[operation]?.(request);
  });
  const engine = createEngine({
    store: createMemoryStore(),
    clock,
    uuid,
    random: () => 0.5,
    region: 'us-east-1',
    account: '111111111111',
    tasks,
    objects: objectsOf(s3),
    onStatusChange: ({ name, status }) => {
      ended ||= name === 'case' && status !== 'RUNNING';
    },
  });
  const call = async (operation: string, request: object): Promise<JsonObject> => {
    const answer: unknown = await engine.operations[operation]?.(request);
    return isJsonObject(answer) ? answer : {};
  };
  const machine = await call('CreateStateMachine', {
    name: 'conformance',
    type,
    roleArn: 'arn:aws:iam::111111111111:role/conformance',
    definition: JSON.stringify(definition),
  });
  const started = await call('StartExecution', {
    stateMachineArn: machine.stateMachineArn,
    name: 'case',
    input: JSON.stringify(input),
  });
  const { executionArn } = started;
  await clock.run(() => ended);
  const described = await call('DescribeExecution', { executionArn });
  const history = await readHistory((request) => call('GetExecutionHistory', { executionArn, ...request }));
  await engine.close();
  const { status, output, error, cause } = described;
  if (status === 'SUCCEEDED') return { status, output: parseJson(String(output)), history };
  return { status, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }), history };
}

/** Answers calls as they were recorded. Tokens are answered at once, after the submission. */
function stubRunner(
  stubs: readonly Stub[],
  wildcards: Readonly<Record<string, string>>,
  call: (operation: string, request: object) => Promise<void>,
): TaskRunner {
  const next = stubPlayer(stubs, wildcards);
  return {
    nested: true,
    async run({ resource, arguments: given, stateName, taskToken, submitted }) {
      const answer = next(stateName, given);
      const waits = resource.endsWith('.waitForTaskToken');
      if (waits) queueMicrotask(() => void settle(taskToken));
      else if (/\.sync(:2)?$/.test(resource)) submitted({});
      if ('hang' in answer) return waits ? {} : await new Promise(() => undefined);
      if (waits) return {};
      if ('throw' in answer) throw new TaskFailure(answer.throw.error, answer.throw.cause);
      return answer.return;

      async function settle(token: string): Promise<void> {
        await new Promise((resolve) => setImmediate(resolve));
        if ('throw' in answer) await call('SendTaskFailure', { taskToken: token, ...answer.throw });
        else if ('return' in answer) {
          await call('SendTaskSuccess', { taskToken: token, output: JSON.stringify(answer.return) });
        }
      }
    },
  };
}

function objectsOf(s3: CaseOptions['s3']): ObjectStore {
  const find = (bucket: string, key: string) => s3.find((object) => object.bucket === bucket && object.key === key);
  return {
    async get(bucket, key) {
      const found = find(bucket, key);
      return found === undefined ? undefined : new TextEncoder().encode(found.body);
    },
    async list(bucket, prefix) {
      return s3
        .filter((object) => object.bucket === bucket && object.key.startsWith(prefix))
        .map(({ key, body }) => ({ key, size: body.length, etag: '"0"', lastModified: 0 }));
    },
    put: async () => undefined,
  };
}
