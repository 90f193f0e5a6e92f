import { readKeyPattern } from '../../patterns/key-pattern.ts';
import { readLinearRegex } from '../../patterns/linear-regex.ts';
import { markerPattern } from '../../patterns/marker-pattern.ts';
import type { Path, Report } from '../../reading/finding.ts';
import type { Nearest } from '../../reading/nearest.ts';
import { readBytes } from '../../units/bytes.ts';
import type { Draft, DraftTrigger } from '../file/draft.ts';

type Arrivals = Extract<DraftTrigger, { s3: unknown }>;

/** An S3 trigger. Returns the parameters that its key binds. */
export function checkArrivals(
  trigger: Arrivals,
  path: Path,
  draft: Draft,
  report: Report,
  nearest: Nearest,
): readonly string[] {
  const { key, match, size } = trigger.s3;
  if (match !== undefined) {
    const { problem } = readLinearRegex(match);
    if (problem !== undefined) {
      const { message, remedy, offset } = problem;
      report({ path: [...path, 's3', 'match'], within: { text: match, offset }, code: 'bad-regex', message, remedy });
    }
  }
  const [min, max] = [readBytes(size?.min ?? 0), readBytes(size?.max ?? Number.POSITIVE_INFINITY)];
  if (min !== undefined && max !== undefined && min > max) {
    const message = 'no object is that large and that small at once';
    report({ path: [...path, 's3', 'size'], code: 'no-size', message, remedy: 'make `min` at most `max`' });
  }
  checkBatch(trigger, [...path, 'batch'], report);
  return key === undefined ? [] : checkKey(key, [...path, 's3', 'key'], draft, report, nearest);
}

function checkBatch({ s3, batch }: Arrivals, path: Path, report: Report): void {
  if (batch === undefined) return;
  const { quiet, window, marker } = batch;
  if (Object.keys(batch).length === 0) {
    const remedy = 'say when: quiet, window, size, bytes, marker or expect; without `batch` each object is its own';
    report({ path, code: 'batch-without-end', message: 'nothing ends the batch', remedy });
  } else if (quiet === undefined && window === undefined) {
    const message = 'a batch that never gets complete is never started';
    const remedy = 'add `window: 1h`, or `quiet`, so that it starts with what is there';
    report({ path, key: true, severity: 'warning', code: 'batch-may-wait', message, remedy });
  }
  const { key = '**' } = s3;
  const { pattern } = readKeyPattern(key);
  if (marker === undefined || pattern === undefined) return;
  const bound = readKeyPattern(markerPattern(key, marker)).pattern?.params ?? [];
  const missing = pattern.params.filter((name) => !bound.includes(name));
  if (missing.length === 0) return;
  const message = `which batch the marker ends is not known: its key binds no ${missing.map((name) => `\`${name}\``).join(', ')}`;
  const remedy = 'bind parameters in the folders of the key only, or end the batch otherwise';
  report({ path: [...path, 'marker'], code: 'marker-without-params', message, remedy });
}

function checkKey(key: string, path: Path, draft: Draft, report: Report, nearest: Nearest): readonly string[] {
  const { pattern, problem } = readKeyPattern(key);
  if (pattern === undefined) {
    const { message, remedy, offset } = problem;
    report({ path, within: { text: key, offset }, code: 'bad-key-pattern', message, remedy });
    // What it was meant to bind is not known: all of it may be.
    return [...draft.params.keys()];
  }
  for (const name of pattern.params) {
    const within = { text: key, offset: key.indexOf(`{${name}}`) };
    const type = draft.params.get(name)?.type;
    if (!draft.declared.params.has(name)) {
      const remedy = nearest.remedy(name, draft.declared.params, `declare it: params: { ${name}: { type: string } }`);
      const message = `the key binds \`${name}\`, which is no parameter`;
      report({ path, within, code: 'unknown-param', message, remedy });
    } else if (type === 'object' || type === 'array') {
      const message = `the key binds \`${name}\`, which is an ${type}: a part of a key is a text`;
      const remedy = 'make it a string, integer, number, boolean or date';
      report({ path, within, code: 'unbindable-param', message, remedy });
    }
  }
  return pattern.params;
}
