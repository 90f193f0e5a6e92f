import { readKeyPattern } from '../../patterns/key-pattern.ts';
import { readLinearRegex } from '../../patterns/linear-regex.ts';
import { markerPattern } from '../../patterns/marker-pattern.ts';
import { checkDuration } from '../../reading/check-duration.ts';
import { readBytes } from '../../units/bytes.ts';
import { checkTemplate } from './interval-template.ts';
import type { WrittenS3 } from './s3-fields.ts';
import type { Around } from './trigger-kind.ts';

/** Seconds. Instead of a batch that stays open longer than a day, use a schedule. */
const longestBatch = 86_400;

/** Checks an `s3` trigger. Returns the parameters that its key binds. */
export function checkS3(written: WrittenS3, around: Around): readonly string[] {
  const { key, match, size } = written.s3;
  if (match !== undefined) {
    const { problem } = readLinearRegex(match);
    if (problem !== undefined) {
      const { message, remedy, offset } = problem;
      around.report({ path: ['s3', 'match'], within: { text: match, offset }, code: 'bad-regex', message, remedy });
    }
  }
  const [min, max] = [readBytes(size?.min ?? 0), readBytes(size?.max ?? Number.POSITIVE_INFINITY)];
  if (min !== undefined && max !== undefined && min > max) {
    const message = `\`min\` (${size?.min}) is greater than \`max\` (${size?.max})`;
    around.report({ path: ['s3', 'size'], code: 'no-size', message, remedy: 'make `min` at most `max`' });
  }
  checkBatch(written, around);
  const bound = key === undefined ? [] : checkKey(key, around);
  checkTemplate(written, bound, around);
  return bound;
}

function checkBatch({ s3, batch }: WrittenS3, { report }: Around): void {
  if (batch === undefined) return;
  const path = ['batch'];
  const { quiet, window, marker } = batch;
  if (Object.keys(batch).length === 0) {
    const remedy =
      'add one of `quiet`, `window`, `size`, `bytes`, `marker`, `expect`; without `batch` each object starts a run';
    report({ path, code: 'batch-without-end', message: 'the batch never ends: nothing says when', remedy });
  } else if (quiet === undefined && window === undefined) {
    const message = 'a batch that stays incomplete never starts a run';
    const remedy = 'add `window: 1h`, or `quiet`, so that it starts with the objects that are there';
    report({ path, key: true, severity: 'warning', code: 'batch-may-wait', message, remedy });
  }
  const quietSeconds = checkDuration(quiet, { path: [...path, 'quiet'], most: longestBatch }, report);
  const windowSeconds = checkDuration(window, { path: [...path, 'window'], most: longestBatch }, report);
  if (quietSeconds !== undefined && windowSeconds !== undefined && quietSeconds > windowSeconds) {
    const message = `\`quiet\` (${quiet}) is longer than \`window\` (${window}), and never takes effect`;
    report({ path: [...path, 'quiet'], code: 'batch-quiet', message, remedy: 'make it shorter than the window' });
  }
  const { key = '**' } = s3;
  const { pattern } = readKeyPattern(key);
  if (marker === undefined || pattern === undefined) return;
  const bound = readKeyPattern(markerPattern(key, marker)).pattern?.params ?? [];
  const missing = pattern.params.filter((name) => !bound.includes(name)).map((name) => `\`${name}\``);
  if (missing.length === 0) return;
  const message = `the marker cannot tell which batch it ends: its key does not bind ${missing.join(', ')}`;
  const remedy = 'bind parameters only in the folders of the key, or end the batch another way';
  report({ path: [...path, 'marker'], code: 'marker-without-params', message, remedy });
}

function checkKey(key: string, { params, report, nearest }: Around): readonly string[] {
  const path = ['s3', 'key'];
  const { pattern, problem } = readKeyPattern(key);
  if (pattern === undefined) {
    const { message, remedy, offset } = problem;
    report({ path, within: { text: key, offset }, code: 'bad-key-pattern', message, remedy });
    // the broken pattern may bind any of them
    return [...params.keys()];
  }
  const sign = /^\^|\$$|\\[dws]|\[[^\]]*\][+*?{]?|\.[*+]/.exec(key);
  if (sign !== null) {
    const message = `\`${sign[0]}\` looks like a regular expression, and a key pattern takes it literally`;
    const remedy = 'write the regular expression as `match:`, or a pattern with * and **';
    report({
      path,
      within: { text: key, offset: sign.index },
      severity: 'warning',
      code: 'key-regex',
      message,
      remedy,
    });
  }
  for (const name of pattern.params) {
    const within = { text: key, offset: key.indexOf(`{${name}}`) };
    const type = params.get(name);
    if (!params.has(name)) {
      const remedy = nearest.remedy(name, new Set(params.keys()), `declare it: params: { ${name}: { type: string } }`);
      const message = `the key binds \`${name}\`, which is not a parameter`;
      report({ path, within, code: 'unknown-param', message, remedy });
    } else if (type === 'object' || type === 'array') {
      const message = `the key binds \`${name}\`, which is an ${type}: a part of a key is a text`;
      const remedy = 'make it a string, integer, number, boolean or date';
      report({ path, within, code: 'unbindable-param', message, remedy });
    }
  }
  return pattern.params;
}
