import { isJsonObject, type Json } from '../../json.ts';
import type { Advised } from '../../reading/advice.ts';
import { isKind } from '../../tasks/kinds.ts';
import { quoted } from './written.ts';

/** Remedies for wrong values of a kind's own fields. */
export function wrongWork(key: string, value: Json): Advised | undefined {
  if (key === 'glue-job') return wrongJob(value);
  if (key === 'args' && Array.isArray(value)) return listedArgs(value);
  if (isKind(key) && Array.isArray(value)) return { remedy: 'a task runs one: write a task for each' };
  const remedy = Object.hasOwn(remedies, key) ? remedies[key]?.(value) : undefined;
  return remedy === undefined ? undefined : { remedy };
}

const remedies: Readonly<Record<string, (value: Json) => string | undefined>> = {
  pipeline(value) {
    const [, name] = typeof value === 'string' ? (/([\w-]+)\.(?:ya?ml|ts)$/.exec(value) ?? []) : [];
    return name === undefined ? undefined : `write the name that the file gives it, such as \`pipeline: ${name}\``;
  },
  sensor(value) {
    if (typeof value !== 'string') return undefined;
    return value.startsWith('s3://')
      ? `write \`sensor: { object: ${JSON.stringify(value)} }\``
      : `write \`sensor: { dataset: ${value} }\``;
  },
  wait(value) {
    if (isJsonObject(value) && typeof value.Seconds === 'number') return `write \`wait: ${value.Seconds}s\``;
    if (typeof value === 'string' && /^\d?\d:\d\d/.test(value)) {
      return `write an expression that gives the time, such as \`wait: "{% $interval.end %}"\``;
    }
    return undefined;
  },
  args: (value) => (isJsonObject(value) ? 'write values without names, in brackets, one for each `?`' : undefined),
  result: (value) =>
    typeof value === 'string' && /^[\w.-]+\//.test(value) ? `write \`result: s3://BUCKET/${value}\`` : undefined,
  local: (value) => (value === true ? 'write `local: { simulate: 60s }`, or a `command`' : undefined),
};

/** A command as one text, where a list of words is wanted. */
export function commandWords(value: string): string {
  return `write \`command: [${value.trim().split(/\s+/).join(', ')}]\``;
}

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

const conditions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'always()': 'write `when: all_done` instead',
    'failure()': 'write `when: any_failed` instead',
    'success()': 'remove it: a task runs when those before it have succeeded',
  }),
);

export function condition(value: Json): Advised | undefined {
  const meant = typeof value === 'string' ? conditions.get(value.replaceAll(/[${} ]/g, '')) : undefined;
  if (meant !== undefined) return { remedy: meant };
  if (typeof value === 'boolean') {
    return { remedy: value ? 'remove it: a task without `if` runs' : 'remove the task, or write "{% false %}"' };
  }
  return typeof value === 'string' ? { remedy: `write \`if: "{% ${value} %}"\`` } : undefined;
}
