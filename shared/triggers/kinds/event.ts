import * as z from 'zod/mini';
import { domainSource } from '../../events/domain-source.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { EventTrigger } from '../../model/trigger.ts';
import { field } from '../../reading/fields.ts';
import { everyTrigger, noInterval } from './shared-fields.ts';
import type { Around, TriggerKind } from './trigger-kind.ts';

const pattern = field(
  z.record(
    z.string(),
    z.custom<Json>((value) => value !== undefined),
  ),
  {
    expected: 'an event pattern of EventBridge',
    remedy:
      'write what an event must have: { source: my.app, detail-type: Order placed, detail: { country: [DE, FR] } }',
    examples: [{ source: 'my.app', 'detail-type': 'Order placed', detail: { country: ['DE', 'FR'] } }],
  },
);

const schema = z.strictObject({ event: pattern, ...everyTrigger });
type Written = z.output<typeof schema>;

/** An event arrives on the account's default bus. */
export const event = {
  schema,
  read: ({ event: written }) => ({ kind: 'event', pattern: listed(written) }),
  check(written, around) {
    checkPattern(written, around);
    return [];
  },
  from: 'trigger',
  givesInterval: () => false,
  remedies: {
    param: (name) => `give it a default that reads the event, such as "{% $run.trigger.detail.${name} %}"`,
    interval: (param) => `read the event instead, such as $run.trigger.detail.${param}: an event has no interval`,
  },
  waitsFor: () => [],
  startedBy: () => undefined,
  intervals: () => [noInterval],
  uses: () => [],
  renamed: (trigger) => trigger,
  wakes: (trigger) => trigger.pattern,
  words: ({ pattern: { source, 'detail-type': type } }) =>
    `an event of ${textOf(source)}${type === undefined ? '' : `: ${textOf(type)}`}`,
} satisfies TriggerKind<EventTrigger, Written>;

/** EventBridge requires lists, even of one value. */
function listed(written: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(written).map(([key, value]): [string, Json] => {
      if (isJsonObject(value)) return [key, listed(value)];
      return [key, Array.isArray(value) ? value : [value]];
    }),
  );
}

/** Fields of an event. Source: EventBridge guide, events. */
const fields = ['source', 'detail-type', 'detail', 'resources', 'account', 'region', 'time', 'id', 'version', '$or'];
/** EventBridge's default quota. */
const longest = 2_048;

/** Finds a missing source and fields that no event has. EventBridge's rules for values are checked with the project. */
function checkPattern({ event: written }: Written, { report, nearest }: Around): void {
  for (const name of Object.keys(written)) {
    if (fields.includes(name.split('.')[0] ?? '')) continue;
    const message = `an event has no field \`${name}\``;
    const meant = nearest.of(name, fields);
    const own = `fields of your own are in \`detail\`: detail: { ${name}: … }`;
    const remedy = meant === undefined ? own : `did you mean \`${meant}\`?`;
    report({ path: ['event', name], key: true, code: 'event-field', message, remedy });
  }
  if (written.source === undefined) {
    const message = 'the pattern names no `source`, so events of every service could start runs';
    report({ path: ['event'], key: true, code: 'event-source', message, remedy: 'add one, such as `source: my.app`' });
  }
  if (sourcesOf(written).includes(domainSource)) {
    const message = `events of \`${domainSource}\` tell of runs, which would start runs again`;
    const remedy = 'use a trigger of the kind `pipeline` or `datasets`';
    report({ path: ['event', 'source'], code: 'own-events', message, remedy });
  }
  const length = JSON.stringify(listed(written)).length;
  if (length > longest) {
    const message = `the pattern has ${length} characters, and EventBridge takes ${longest} unless your quota is higher`;
    const remedy = 'shorten it, or ask AWS for a higher quota';
    report({ path: ['event'], key: true, severity: 'warning', code: 'long-pattern', message, remedy });
  }
}

function sourcesOf({ source }: JsonObject): readonly Json[] {
  return Array.isArray(source) ? source : [source ?? null];
}

function textOf(value: Json | undefined): string {
  const items = Array.isArray(value) ? value : [value ?? null];
  return items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(', ');
}
