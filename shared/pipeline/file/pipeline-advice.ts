import { isJsonObject, type Json } from '../../json.ts';
import type { Advice, Advised } from '../../reading/advice.ts';
import type { Path } from '../../reading/finding.ts';
import { plainName } from '../../reading/read-shape.ts';
import { isKind, kindOf, kinds } from '../../tasks/kinds.ts';
import {
  batchWords,
  durationOf,
  fileWords,
  joinRules,
  plainWord,
  retryWords,
  runsWords,
  s3Words,
  sensorWords,
  taskWords,
  triggerWords,
  type Words,
  wordIn,
} from './foreign-words.ts';
import { commandWords, wrongWork } from './work-advice.ts';

/** Remedies for habits from other tools. */
export const pipelineAdvice: Advice = {
  unknownKey(path, value, beside) {
    const key = String(path.at(-1));
    const habit = at(path.slice(0, -1), ['tasks', '*']) ? habitOf(beside, key) : undefined;
    if (habit !== undefined) return { remedy: habit };
    const words = wordsAt(path.slice(0, -1));
    const advised = words === undefined ? undefined : wordIn(words, key, value);
    if (advised !== undefined || path.length > 1 || !isTask(value)) return advised;
    return { remedy: `if \`${key}\` is a task, indent it below \`tasks:\`` };
  },
  badName(path) {
    const [, earlier, later] = /^([\w-]+)\s*(?:>>|->|→)\s*([\w-]+)$/.exec(String(path.at(-1))) ?? [];
    if (!at(path, ['tasks', '*']) || earlier === undefined) return undefined;
    return { remedy: `write \`after: ${earlier}\` in the task \`${later}\`` };
  },
  wrongValue(path, value) {
    const key = String(path.at(-1) ?? '');
    if (path.length === 0) return value === null ? emptyFile : undefined;
    if (key === 'by' && typeof value === 'string' && /^\d:[0-5]\d$/.test(value))
      return { remedy: `write \`by: "0${value}"\`` };
    if (typeof value === 'string' && /^[A-Za-z][\w-]*:\S+$/.test(value) && !value.includes('://')) {
      return { remedy: `put a space after the colon: \`${value.replace(':', ': ')}\`` };
    }
    return at(path, ['tasks', '*']) ? wrongTask(key, value) : wrongField(path, key, value);
  },
};

/** A remedy of the task's kind. */
function habitOf(beside: readonly string[], key: string): string | undefined {
  const [kind, other] = beside.filter(isKind);
  const { habits = {} } = kind === undefined || other !== undefined ? {} : kindOf(kind).file;
  const plain = plainWord(key);
  return Object.hasOwn(habits, plain) ? habits[plain] : undefined;
}

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
  if (at(path, ['tasks', '*', 'sensor'])) return sensorWords;
  if (at(path, ['triggers', '*', 'batch'])) return batchWords;
  if (at(path, ['triggers', '*', 's3'])) return s3Words;
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

const plainTypes = new Set<string>([...Object.values(paramTypes)]);

function wrongField(path: Path, key: string, value: Json): Advised | undefined {
  if (value === null) return emptyKey(path, key);
  if (at(path, ['pipeline']) && typeof value === 'string') return renamed(value);
  if (at(path, ['tasks']) || at(path, ['triggers']) || at(path, ['params'])) return namedAsKeys(key, value);
  const choice = typeof value === 'object' ? undefined : choiceMeant(path, key, String(value));
  if (choice !== undefined) return { remedy: `write \`${key}: ${choice}\`` };
  if (at(path, ['tasks', '*', 'glue-job'])) return wrongJob(value);
  const work = at(path.slice(0, -1), ['tasks', '*']) ? wrongWork(key, value) : undefined;
  if (work !== undefined) return work;
  if (at(path, ['tasks', '*', 'args']) && Array.isArray(value)) return listedArgs(value);
  if (key === 'command' && typeof value === 'string') return { remedy: commandWords(value) };
  if (path[2] === 'publishes' && typeof value === 'string') {
    const plain = value.replaceAll(/[^A-Za-z0-9_.-]+/g, '.').replaceAll(/^[^A-Za-z]+|\.$/g, '');
    if (plain !== '') return { remedy: `write \`${plain}\`, here and where it is waited for` };
  }
  if (at(path, ['runs']) && typeof value === 'number') return { remedy: `write \`runs: { max: ${value} }\`` };
  if (key === 'retry' && typeof value === 'number') {
    return { remedy: `write \`retry: { attempts: ${value + 1} }\`: attempts count the first try, too` };
  }
  if (
    [
      'timeout',
      'deadline',
      'delay',
      'maxDelay',
      'late',
      'quiet',
      'window',
      'within',
      'every',
      'wait',
      'simulate',
    ].includes(key)
  )
    return durationAdvice(key, value);
  if (key === 'when' && typeof value === 'string') {
    if (value.startsWith('{%')) return { remedy: `write \`if: "${value}"\`: \`when\` is about the tasks before it` };
    const [, least] = /^at[_ -]?least[ :]*(\d+)$/i.exec(value) ?? [];
    if (least !== undefined) return { remedy: `write \`when: { at_least: ${least} }\`` };
    const rule = joinRules[plainWord(value)];
    return rule === undefined ? undefined : { remedy: `write \`when: ${rule}\`` };
  }
  if (at(path, ['params', '*']) && typeof value === 'string') {
    const type = paramTypes[value.toLowerCase()] ?? value;
    if (plainTypes.has(type)) return { remedy: `write \`${key}: { type: ${type} }\`` };
    const meant = /^\d{4}-\d{2}-\d{2}$/.test(value) ? 'date' : 'string';
    return { remedy: `write \`${key}: { type: ${meant}, default: ${quoted(value)} }\`` };
  }
  if (at(path, ['params', '*']) && (typeof value === 'number' || typeof value === 'boolean')) {
    const type = typeof value === 'boolean' ? 'boolean' : Number.isInteger(value) ? 'integer' : 'number';
    return { remedy: `write \`${key}: { type: ${type}, default: ${value} }\`` };
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

/** A list instead of a mapping by name: `- name: a` is `a: { … }`. */
export function namedAsKeys(key: string, value: Json): Advised | undefined {
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

export function durationAdvice(key: string, value: Json): Advised | undefined {
  if (typeof value === 'number') {
    return { remedy: `give it a unit: \`${key}: ${value}s\` for seconds, \`${key}: ${value}m\` for minutes` };
  }
  if (typeof value !== 'string') return undefined;
  const [, days, hours, minutes, seconds] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value) ?? [];
  const iso = [days, hours, minutes, seconds].map((each) => Number(each ?? 0));
  const [d = 0, h = 0, m = 0, s = 0] = iso;
  const total = ((d * 24 + h) * 60 + m) * 60 + s;
  if (total > 0) return { remedy: `write \`${key}: ${durationOf(total, 1)}\`` };
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
const choicesMeant: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  interval: {
    ...{ '1h': 'hour', hourly: 'hour', '1d': 'day', '24h': 'day', daily: 'day', date: 'day' },
    ...{ '7d': 'week', '1w': 'week', weekly: 'week', monthly: 'month', '1m': 'month' },
  },
  catchup: { true: 'all', false: 'none', last: 'latest' },
  status: { STOPPED: 'ABORTED', TIMEOUT: 'TIMED_OUT', SUCCESS: 'SUCCEEDED', ERROR: 'FAILED', FAILURE: 'FAILED' },
  states: { ABORTED: 'STOPPED', TIMED_OUT: 'TIMEOUT', SUCCESS: 'SUCCEEDED' },
};

function choiceMeant(path: Path, key: string, value: string): string | undefined {
  if (path[0] !== 'triggers') return undefined;
  const list = choicesMeant[typeof path.at(-1) === 'number' ? String(path.at(-2)) : key];
  return list !== undefined && Object.hasOwn(list, value) ? list[value] : undefined;
}

/** A task runs one job, by its name. */
function wrongJob(value: Json): Advised | undefined {
  if (Array.isArray(value)) return { remedy: 'a task runs one job: write a task for each' };
  if (!isJsonObject(value)) return undefined;
  const name = [value.name, value.job].find((each) => typeof each === 'string') ?? 'NAME';
  const others = Object.keys(value).filter((key) => key !== 'name' && key !== 'job');
  const beside = others.length === 0 ? '' : `, with ${others.map((key) => `\`${key}\``).join(', ')} beside it`;
  return { remedy: `write \`glue-job: ${String(name)}\`${beside}` };
}

/** `["--day", "2026-11-21"]`, as a command line has it. */
function listedArgs(value: readonly Json[]): Advised {
  const [name, second] = value;
  if (typeof name !== 'string' || !name.startsWith('--'))
    return { remedy: 'write names and values: args: { NAME: VALUE }' };
  const [plain = '', own] = name.slice(2).split('=');
  const argument = own ?? (typeof second === 'string' ? second : 'VALUE');
  return { remedy: `write \`args: { ${plain}: ${quoted(argument)} }\`` };
}

const conditions: Readonly<Record<string, string>> = {
  'always()': 'write `when: all_done` instead',
  'failure()': 'write `when: any_failed` instead',
  'success()': 'remove it: a task runs when those before it have succeeded',
};

function condition(value: Json): Advised | undefined {
  const meant = typeof value === 'string' ? conditions[value.replaceAll(/[${} ]/g, '')] : undefined;
  if (meant !== undefined) return { remedy: meant };
  if (typeof value === 'boolean') {
    return { remedy: value ? 'remove it: a task without `if` runs' : 'remove the task, or write "{% false %}"' };
  }
  return typeof value === 'string' ? { remedy: `write \`if: "{% ${value} %}"\`` } : undefined;
}
