import { isJsonObject, type Json } from '../../json.ts';
import type { Advice, Advised } from '../../reading/advice.ts';
import type { Path } from '../../reading/finding.ts';
import { plainName } from '../../reading/read-shape.ts';
import { kinds } from '../../tasks/kinds.ts';
import {
  batchWords,
  durationOf,
  fileWords,
  joinRules,
  plainWord,
  retryWords,
  runsWords,
  taskWords,
  triggerWords,
  type Words,
  wordIn,
} from './foreign-words.ts';

/** Remedies for the habits that people bring along from other tools. */
export const pipelineAdvice: Advice = {
  unknownKey(path, value) {
    const key = String(path.at(-1));
    const words = wordsAt(path.slice(0, -1));
    const advised = words === undefined ? undefined : wordIn(words, key, value);
    if (advised !== undefined || path.length > 1 || !isTask(value)) return advised;
    return { remedy: `if \`${key}\` is a task, indent it below \`tasks:\`` };
  },
  wrongValue(path, value) {
    const key = String(path.at(-1) ?? '');
    if (path.length === 0) return value === null ? emptyFile : undefined;
    if (typeof value === 'string' && /^[\w-]+:\S+$/.test(value) && !value.includes('://')) {
      return { remedy: `put a space after the colon: \`${value.replace(':', ': ')}\`` };
    }
    return at(path, ['tasks', '*']) ? wrongTask(key, value) : wrongField(path, key, value);
  },
};

const emptyFile: Advised = {
  message: 'the file is empty',
  remedy: 'begin with `pipeline: NAME` and `tasks:`; docs/pipelines.md has an example',
};

function wordsAt(path: Path): Words | undefined {
  if (path.length === 0) return fileWords;
  if (at(path, ['tasks', '*'])) return taskWords;
  if (at(path, ['tasks', '*', 'retry']) || at(path, ['defaults', 'retry'])) return retryWords;
  if (at(path, ['defaults'])) return taskWords;
  if (at(path, ['triggers', '*'])) return triggerWords;
  if (at(path, ['triggers', '*', 'batch'])) return batchWords;
  return at(path, ['runs']) ? runsWords : undefined;
}

function at(path: Path, pattern: readonly string[]): boolean {
  return path.length === pattern.length && pattern.every((step, index) => step === '*' || step === path[index]);
}

function isTask(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).some((key) => Object.hasOwn(kinds, key));
}

function wrongTask(key: string, value: Json): Advised | undefined {
  if (value === null) return { remedy: `write the task's keys below \`${key}:\`, indented further than its name` };
  if (Object.hasOwn(kinds, key)) return { remedy: `indent \`${key}\` further: it belongs to the task above it` };
  return typeof value === 'string' ? { remedy: `write \`${key}: { glue-job: ${value} }\`` } : undefined;
}

const paramTypes: Readonly<Record<string, string>> = {
  ...{ str: 'string', text: 'string', int: 'integer', long: 'integer', float: 'number', double: 'number' },
  ...{ bool: 'boolean', datetime: 'date', timestamp: 'string', dict: 'object', map: 'object', list: 'array' },
};

function wrongField(path: Path, key: string, value: Json): Advised | undefined {
  if (value === null) return emptyKey(path, key);
  if (at(path, ['pipeline']) && typeof value === 'string') return renamed(value);
  if (at(path, ['tasks']) || at(path, ['triggers']) || at(path, ['params'])) return named(key, value);
  if (key === 'retry' && typeof value === 'number') {
    return { remedy: `write \`retry: { attempts: ${value + 1} }\`: attempts count the first try, too` };
  }
  if (['timeout', 'deadline', 'delay', 'maxDelay', 'late', 'quiet', 'window'].includes(key))
    return duration(key, value);
  if (key === 'when' && typeof value === 'string') {
    const rule = joinRules[plainWord(value)];
    return rule === undefined ? undefined : { remedy: `write \`when: ${rule}\`` };
  }
  if (at(path, ['params', '*']) && typeof value === 'string') {
    return { remedy: `write \`${key}: { type: ${paramTypes[value] ?? value} }\`` };
  }
  if (at(path, ['params', '*', 'type']) && typeof value === 'string') {
    const type = paramTypes[value.toLowerCase()];
    return type === undefined ? undefined : { remedy: `write \`type: ${type}\`` };
  }
  if (at(path, ['triggers', '*', 's3']) && typeof value === 'string') return address(value);
  if (at(path, ['triggers', '*', 's3', 'bucket']) && typeof value === 'string') return bucketOf(value);
  if (at(path, ['triggers', '*', 'datasets'])) return datasets(value);
  if (at(path, ['triggers', '*']) && typeof value === 'string')
    return { remedy: `write \`${key}: { schedule: "…" }\`` };
  if (key === 'overlap' && (value === 'wait' || value === 'allow')) {
    return { remedy: value === 'wait' ? 'write `overlap: queue`' : 'write `max: 2`, or more, for runs side by side' };
  }
  if (key === 'tolerate' && typeof value === 'string') {
    return { remedy: `write \`tolerate: ${/^(no|off|false)$/i.test(value) ? 'false' : 'true'}\`, without quotes` };
  }
  return key === 'if' ? condition(value) : undefined;
}

function emptyKey(path: Path, key: string): Advised | undefined {
  if (key === 'tasks') return { remedy: 'write the tasks below `tasks:`, indented' };
  if (key === 'after') return { message: '`after` is empty', remedy: 'name a task, or remove `after`' };
  return path.length === 1 ? { remedy: `write something below \`${key}:\`, or remove it` } : undefined;
}

function renamed(value: string): Advised | undefined {
  const plain = plainName(value);
  return plain === '' || plain === value ? undefined : { remedy: `write \`${plain}\`` };
}

/** A list where names are the keys: `- name: a` is `a: { … }`. */
function named(key: string, value: Json): Advised | undefined {
  if (!Array.isArray(value)) return undefined;
  const [first]: readonly Json[] = value;
  const fields = isJsonObject(first) ? first : {};
  const name = [fields.name, fields.id].find((each) => typeof each === 'string') ?? 'NAME';
  const rest = Object.entries(fields).find(([other]) => other !== 'name' && other !== 'id');
  const body = rest === undefined ? '…' : `${rest[0]}: ${typeof rest[1] === 'string' ? quoted(rest[1]) : '…'}`;
  return { remedy: `names are keys here, without \`-\`: write \`${String(name)}: { ${body} }\` below \`${key}:\`` };
}

function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : JSON.stringify(text);
}

function duration(key: string, value: Json): Advised | undefined {
  if (typeof value === 'number') {
    return { remedy: `give it a unit: \`${key}: ${value}s\` for seconds, \`${key}: ${value}m\` for minutes` };
  }
  if (typeof value !== 'string') return undefined;
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(s|m|h|d)[a-z]*$/i.exec(value.trim()) ?? [];
  if (number === '') return undefined;
  const size = { s: 1, m: 60, h: 3600, d: 86_400 }[unit.toLowerCase()] ?? 1;
  return { remedy: `write \`${key}: ${durationOf(Number(number), size)}\`` };
}

function address(value: string): Advised | undefined {
  const [, bucket, key] = /^(?:s3a?:\/\/)?([a-z0-9.-]+)(?:\/(.*))?$/.exec(value) ?? [];
  if (bucket === undefined) return undefined;
  const pattern = key === undefined || key === '' ? '' : `, key: ${JSON.stringify(key)}`;
  return { remedy: `write \`s3: { bucket: ${bucket}${pattern} }\`` };
}

function bucketOf(value: string): Advised | undefined {
  const [, bucket] = /^s3a?:\/\/([a-z0-9.-]+)/.exec(value) ?? [];
  return bucket === undefined ? undefined : { remedy: `write \`bucket: ${bucket}\`, and the rest as \`key\`` };
}

function datasets(value: Json): Advised | undefined {
  const names: readonly Json[] = Array.isArray(value) ? value : [value];
  if (!names.every((name) => typeof name === 'string')) return undefined;
  return { remedy: `write \`datasets: { all: [${names.join(', ')}] }\`, or \`any\` instead of \`all\`` };
}

function condition(value: Json): Advised | undefined {
  if (typeof value === 'boolean') {
    return { remedy: value ? 'remove it: a task without `if` runs' : 'remove the task, or write "{% false %}"' };
  }
  return typeof value === 'string' ? { remedy: `write \`if: "{% ${value} %}"\`` } : undefined;
}
