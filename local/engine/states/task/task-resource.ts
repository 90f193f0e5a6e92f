/** A parsed `Resource` of a Task. */
export type TaskResource =
  | { readonly kind: 'lambda' }
  | { readonly kind: 'activity' }
  | { readonly kind: 'service'; readonly type: string; readonly action: string; readonly pattern: ServicePattern };

export type ServicePattern = 'request' | 'sync' | 'sync:2' | 'token';

const suffixes: readonly [string, ServicePattern][] = [
  ['.waitForTaskToken', 'token'],
  ['.sync:2', 'sync:2'],
  ['.sync', 'sync'],
];

const parsed = new Map<string, TaskResource>();
const mostParsed = 1_000;

/**
 * `arn:PARTITION:states:::SERVICE:ACTION[.PATTERN]`, or the ARN of a function or an activity. Cached, because each try
 * needs it several times.
 */
export function parseResource(arn: string): TaskResource {
  const known = parsed.get(arn);
  if (known !== undefined) return known;
  if (parsed.size >= mostParsed) parsed.clear();
  const resource = parse(arn);
  parsed.set(arn, resource);
  return resource;
}

function parse(arn: string): TaskResource {
  const parts = arn.split(':');
  if (parts[2] !== 'states') return { kind: 'lambda' };
  if (parts[5] === 'activity') return { kind: 'activity' };
  const named = parts.slice(5).join(':');
  const [suffix, pattern] = suffixes.find(([end]) => named.endsWith(end)) ?? ['', 'request'];
  const bare = named.slice(0, named.length - suffix.length);
  const at = bare.lastIndexOf(':');
  return { kind: 'service', type: bare.slice(0, at), action: `${bare.slice(at + 1)}${suffix}`, pattern };
}
