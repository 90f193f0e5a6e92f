import type { Json } from '../../json.ts';
import type { Advised } from '../../reading/advice.ts';
import type { Path } from '../../reading/finding.ts';
import { isAt } from './is-at.ts';

/** Remedies for wrong values of a trigger. */
export function wrongTrigger(path: Path, key: string, value: Json): Advised | undefined {
  const choice = typeof value === 'object' ? undefined : choiceMeant(path, key, String(value));
  if (choice !== undefined) return { remedy: `write \`${key}: ${choice}\`` };
  if (isAt(path, ['triggers', '*', 's3']) && typeof value === 'string') return address(value);
  if (isAt(path, ['triggers', '*', 's3', 'bucket']) && typeof value === 'string') return bucketOf(value);
  if (isAt(path, ['triggers', '*', 'datasets'])) return datasets(value);
  if (isAt(path, ['triggers', '*']) && typeof value === 'string')
    return { remedy: `write \`${key}: { schedule: "…" }\`` };
  return undefined;
}

function address(value: string): Advised | undefined {
  const [, bucket, key] = /^(?:s3a?:\/\/)?([a-z0-9.-]+)(?:\/(.*))?$/.exec(value) ?? [];
  if (bucket === undefined) return undefined;
  const pattern = key === undefined || key === '' ? '' : `, key: ${JSON.stringify(key)}`;
  return { remedy: `write \`s3: { bucket: ${bucket}${pattern} }\`` };
}

function bucketOf(value: string): Advised | undefined {
  const [, bucket, key] = /^(?:s3a?:\/\/)?([a-z0-9.-]+)(?:\/(.*))?$/.exec(value) ?? [];
  if (bucket === undefined || bucket === value) return undefined;
  if (key === undefined || key === '') return { remedy: `write \`bucket: ${bucket}\`` };
  const pattern = /[*{]/.test(key) ? key : `${key.replace(/\/$/, '')}/**`;
  return { remedy: `write \`bucket: ${bucket}, key: "${pattern}"\`` };
}

function datasets(value: Json): Advised | undefined {
  const names: readonly Json[] = Array.isArray(value) ? value : [value];
  if (!names.every((name) => typeof name === 'string')) return undefined;
  return { remedy: `write \`datasets: { all: [${names.join(', ')}] }\`, or \`any\` instead of \`all\`` };
}

/** What people write for one of our choices. */
const choicesMeant: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
  Object.entries({
    interval: {
      ...{ '1h': 'hour', hourly: 'hour', '1d': 'day', '24h': 'day', daily: 'day', date: 'day' },
      ...{ '7d': 'week', '1w': 'week', weekly: 'week', monthly: 'month', '1m': 'month' },
    },
    catchup: { true: 'all', false: 'none', last: 'latest' },
    status: { STOPPED: 'ABORTED', TIMEOUT: 'TIMED_OUT', SUCCESS: 'SUCCEEDED', ERROR: 'FAILED', FAILURE: 'FAILED' },
    states: { ABORTED: 'STOPPED', TIMED_OUT: 'TIMEOUT', SUCCESS: 'SUCCEEDED' },
  }),
);

function choiceMeant(path: Path, key: string, value: string): string | undefined {
  const list = choicesMeant.get(typeof path.at(-1) === 'number' ? String(path.at(-2)) : key);
  return list !== undefined && Object.hasOwn(list, value) ? list[value] : undefined;
}
