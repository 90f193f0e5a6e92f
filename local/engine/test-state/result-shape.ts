/** The shape of a service's answer in the service's model. Shapes refer to others by index. */
export type Shape = {
  readonly type: 'string' | 'number' | 'boolean' | 'list' | 'map' | 'structure' | 'any';
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly values?: readonly string[];
  readonly of?: number;
  readonly members?: Readonly<Record<string, number>>;
  readonly required?: readonly string[];
};

export type ResultShape = { readonly root: number; shape(index: number): Shape };

/**
 * The models of the services that state machines call most, extracted from botocore by
 * `tests/conformance/service-shapes.py`: `s` string, `n` number, `b` boolean, `e` enum, `l` list, `p` map, `m` members,
 * `r` required ones.
 */
type Entry = {
  readonly s?: readonly (number | null)[];
  readonly n?: readonly (number | null)[];
  readonly b?: number;
  readonly e?: readonly string[];
  readonly l?: number;
  readonly p?: number;
  readonly m?: Readonly<Record<string, number>>;
  readonly r?: readonly string[];
};
type Model = { readonly operations: Readonly<Record<string, number>>; readonly shapes: readonly Entry[] };

/** Optimized integrations whose names differ from the service's. */
const services: Readonly<Record<string, string>> = { states: 'sfn', events: 'eventbridge' };

/**
 * The shape of a call's result. Undefined if it is unrestricted or unknown. A call that waits for a token returns
 * whatever the token's holder sends. A call that waits for its job returns the answer of a status operation.
 */
export async function resultShape(resource: string): Promise<ResultShape | undefined> {
  const [, service = '', operation = '', pattern] =
    /^arn:[^:]+:states:::(?:aws-sdk:)?([^:]+):(\w+)(?:\.(.+))?$/.exec(resource) ?? [];
  if (pattern === 'waitForTaskToken') return undefined;
  const { default: models } = await import('./service-shapes.json', { with: { type: 'json' } });
  const name = services[service] ?? service;
  const model: Model | undefined = Object.hasOwn(models, name) ? Reflect.get(models, name) : undefined;
  const waited = pattern === undefined ? operation : polled[`${name}:${operation}`];
  if (model === undefined || waited === undefined || !Object.hasOwn(model.operations, waited)) return undefined;
  return { root: model.operations[waited] ?? -1, shape: (index) => read(model.shapes[index] ?? {}, waited) };
}

/** The operation that `.sync` uses to check its job, if its answer is the result. */
const polled: Readonly<Record<string, string>> = {
  'sfn:startExecution': 'describeExecution',
  'athena:startQueryExecution': 'getQueryExecution',
  'batch:submitJob': 'describeJobs',
  'ecs:runTask': 'describeTasks',
  'glue:startJobRun': 'getJobRun',
};

function read(entry: Entry, operation: string): Shape {
  if (entry.m !== undefined) {
    const members = Object.entries(entry.m).filter(([member]) => !isDocument(operation, member));
    return { type: 'structure', members: Object.fromEntries(members), required: entry.r ?? [] };
  }
  if (entry.l !== undefined) return { type: 'list', of: entry.l };
  if (entry.p !== undefined) return { type: 'map', of: entry.p };
  if (entry.e !== undefined) return { type: 'string', values: entry.e };
  if (entry.b !== undefined) return { type: 'boolean' };
  const bounds = entry.n ?? entry.s;
  if (bounds === undefined) return { type: 'any' };
  const [min, max] = bounds;
  return { type: entry.n === undefined ? 'string' : 'number', min: min ?? undefined, max: max ?? undefined };
}

/** Step Functions parses these, so they are any JSON. */
function isDocument(operation: string, member: string): boolean {
  return (
    (operation === 'invoke' && member === 'Payload') ||
    (operation === 'describeExecution' && (member === 'Output' || member === 'Input'))
  );
}
