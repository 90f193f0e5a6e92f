import { isJsonObject, type Json } from '../../json.ts';
import type { Advice, Advised } from '../../reading/advice.ts';
import type { Path } from '../../reading/finding.ts';
import { plainName } from '../../reading/read-shape.ts';
import { isKind, kindOf, kinds } from '../../tasks/kinds.ts';
import {
  fileWords,
  joinRules,
  plainWord,
  retryWords,
  runsWords,
  sensorWords,
  taskWords,
  type Words,
  wordIn,
} from './foreign-words.ts';
import { isAt } from './is-at.ts';
import { wrongTrigger } from './trigger-advice.ts';
import { batchWords, s3Words, triggerWords } from './trigger-words.ts';
import { commandWords, condition, wrongWork } from './work-advice.ts';
import { durationOf, quoted } from './written.ts';

/** Remedies for habits from other tools. */
export const pipelineAdvice: Advice = {
  unknownKey(path, value, beside) {
    const key = String(path.at(-1));
    const habit = isAt(path.slice(0, -1), ['tasks', '*']) ? habitOf(beside, key) : undefined;
    if (habit !== undefined) return { remedy: habit };
    const words = wordsAt(path.slice(0, -1));
    const advised = words === undefined ? undefined : wordIn(words, key, value);
    if (advised !== undefined || path.length > 1 || !isTask(value)) return advised;
    return { remedy: `if \`${key}\` is a task, indent it below \`tasks:\`` };
  },
  badName(path) {
    const [, earlier, later] = /^([\w-]+)\s*(?:>>|->|→)\s*([\w-]+)$/.exec(String(path.at(-1))) ?? [];
    if (!isAt(path, ['tasks', '*']) || earlier === undefined) return undefined;
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
    return isAt(path, ['tasks', '*']) ? wrongTask(key, value) : wrongField(path, key, value);
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
  if (isAt(path, ['tasks', '*'])) return taskWords;
  if (isAt(path, ['tasks', '*', 'retry']) || isAt(path, ['defaults', 'retry'])) return retryWords;
  if (isAt(path, ['defaults'])) return taskWords;
  if (isAt(path, ['triggers', '*'])) return triggerWords;
  if (isAt(path, ['tasks', '*', 'sensor'])) return sensorWords;
  if (isAt(path, ['triggers', '*', 'batch'])) return batchWords;
  if (isAt(path, ['triggers', '*', 's3'])) return s3Words;
  return isAt(path, ['runs']) ? runsWords : undefined;
}

function isTask(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).some((key) => Object.hasOwn(kinds, key));
}

function wrongTask(key: string, value: Json): Advised | undefined {
  if (value === null) return { remedy: `write the task's keys below \`${key}:\`, indented further than its name` };
  if (Object.hasOwn(kinds, key)) return { remedy: `indent \`${key}\` further: it belongs to the task above it` };
  if (typeof value !== 'string') return undefined;
  const [kind = '', ...rest] = value.split(' ');
  const body = isKind(kind) && rest.length > 0 ? `${kind}: ${rest.join(' ')}` : `glue-job: ${value}`;
  return { remedy: `write \`${key}: { ${body} }\`` };
}

const paramTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ str: 'string', text: 'string', int: 'integer', long: 'integer', float: 'number', double: 'number' },
    ...{ bool: 'boolean', datetime: 'date', timestamp: 'string', dict: 'object', map: 'object', list: 'array' },
  }),
);

const plainTypes = new Set(paramTypes.values());

function wrongField(path: Path, key: string, value: Json): Advised | undefined {
  if (value === null) return emptyKey(path, key);
  if (isAt(path, ['pipeline']) && typeof value === 'string') return renamed(value);
  if (isAt(path, ['tasks']) || isAt(path, ['triggers']) || isAt(path, ['params'])) return namedAsKeys(key, value);
  const trigger = path[0] === 'triggers' ? wrongTrigger(path, key, value) : undefined;
  if (trigger !== undefined) return trigger;
  const work = isAt(path.slice(0, -1), ['tasks', '*']) ? wrongWork(key, value) : undefined;
  if (work !== undefined) return work;
  if (key === 'command' && typeof value === 'string') return { remedy: commandWords(value) };
  if (path[2] === 'publishes' && typeof value === 'string') {
    const plain = value.replaceAll(/[^A-Za-z0-9_.-]+/g, '.').replaceAll(/^[^A-Za-z]+|\.$/g, '');
    if (plain !== '') return { remedy: `write \`${plain}\`, here and where it is waited for` };
  }
  if (isAt(path, ['runs']) && typeof value === 'number') return { remedy: `write \`runs: { max: ${value} }\`` };
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
    const rule = joinRules.get(plainWord(value));
    return rule === undefined ? undefined : { remedy: `write \`when: ${rule}\`` };
  }
  if (isAt(path, ['params', '*']) && typeof value === 'string') {
    const type = paramTypes.get(value.toLowerCase()) ?? value;
    if (plainTypes.has(type)) return { remedy: `write \`${key}: { type: ${type} }\`` };
    const meant = /^\d{4}-\d{2}-\d{2}$/.test(value) ? 'date' : 'string';
    return { remedy: `write \`${key}: { type: ${meant}, default: ${quoted(value)} }\`` };
  }
  if (isAt(path, ['params', '*']) && (typeof value === 'number' || typeof value === 'boolean')) {
    const type = typeof value === 'boolean' ? 'boolean' : Number.isInteger(value) ? 'integer' : 'number';
    return { remedy: `write \`${key}: { type: ${type}, default: ${value} }\`` };
  }
  if (isAt(path, ['params', '*', 'type']) && typeof value === 'string') {
    const type = paramTypes.get(value.toLowerCase());
    return type === undefined ? undefined : { remedy: `write \`type: ${type}\`` };
  }
  if (key === 'overlap' && (value === 'drop' || value === 'ignore')) return { remedy: 'write `overlap: skip`' };
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
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(s|m|h|d|w)[a-z]*$/i.exec(value.trim()) ?? [];
  if (number === '') return undefined;
  const size = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[unit.toLowerCase()] ?? 1;
  return { remedy: `write \`${key}: ${durationOf(Number(number), size)}\`` };
}
