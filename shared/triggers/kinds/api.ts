import * as z from 'zod/mini';
import { present } from '../../json.ts';
import type { ApiTrigger } from '../../model/trigger.ts';
import { field } from '../../reading/fields.ts';
import { checkTemplate, intervalFields, readTemplate } from './interval-template.ts';
import { everyTrigger } from './shared-fields.ts';
import type { TriggerKind } from './trigger-kind.ts';

const isTrue = field(z.literal(true), {
  expected: 'true',
  description: 'true: a caller of the HTTP API may ask for a run',
  remedy: 'write `api: true`, or remove the trigger',
});

const schema = z.strictObject({ api: isTrue, ...intervalFields, ...everyTrigger });

/** A call of the HTTP API starts a run. */
export const api = {
  schema,
  read: (written) => ({ kind: 'api', ...present({ interval: readTemplate(written) }) }),
  check(written, around) {
    checkTemplate(written, undefined, around);
    return [];
  },
  from: 'caller',
  givesInterval: ({ interval }) => interval !== undefined,
  remedies: { param: () => 'give it a default', interval: () => 'send `interval` with the request' },
  waitsFor: () => [],
  startedBy: () => undefined,
  // the caller names the interval, and may never call
  intervals: () => undefined,
  uses: () => [],
  renamed: (trigger) => trigger,
  wakes: () => undefined,
  words: () => 'a call of the API',
} satisfies TriggerKind<ApiTrigger, z.output<typeof schema>>;
