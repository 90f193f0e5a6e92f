import * as z from 'zod/mini';
import { type GlueJobTrigger, jobEndStates } from '../../model/trigger.ts';
import { about, described, field, listOf, oneOf, oneOrMore } from '../../reading/fields.ts';
import { everyTrigger, noInterval } from './shared-fields.ts';
import type { TriggerKind } from './trigger-kind.ts';

const foreignJob = z.strictObject({
  name: field(z.string().check(z.minLength(1), z.maxLength(255)), {
    expected: 'the name of a Glue job',
    remedy: 'write the name that the job has in Glue or in jobs/jobs.yml',
    examples: ['extract-orders'],
  }),
  states: about('How the job run ended; SUCCEEDED by default', oneOrMore(oneOf(jobEndStates)), ['FAILED']),
});

const schema = z.strictObject({
  'glue-job': described('A run of this Glue job that somebody else started ends', foreignJob),
  ...everyTrigger,
});

/** A Glue job run that Gluewright did not start ends. */
export const glueJob = {
  schema,
  read({ 'glue-job': { name: job, states } }) {
    return { kind: 'glue-job', job, states: states === undefined ? ['SUCCEEDED'] : listOf(states) };
  },
  check: () => [],
  from: 'trigger',
  givesInterval: () => false,
  remedies: {
    param: () => 'give it a default',
    interval: (param) => `give \`${param}\` a default without $interval: a job run has no interval`,
  },
  waitsFor: () => [],
  startedBy: () => undefined,
  intervals: () => [noInterval],
  uses: ({ job }) => [{ what: 'glue-job', name: job }],
  renamed: (trigger, nameOf) => ({ ...trigger, job: nameOf({ what: 'glue-job', name: trigger.job }) }),
  wakes: () => undefined,
  words: ({ job }) => `a run of the Glue job ${job} ends`,
} satisfies TriggerKind<GlueJobTrigger, z.output<typeof schema>>;
