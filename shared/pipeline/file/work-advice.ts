import { isJsonObject, type Json } from '../../json.ts';
import type { Advised } from '../../reading/advice.ts';
import { isKind } from '../../tasks/kinds.ts';

/** Remedies for wrong values of a kind's own fields. */
export function wrongWork(key: string, value: Json): Advised | undefined {
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
