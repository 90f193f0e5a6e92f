import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { type DatasetDeadline, type DatasetsTrigger, lateActions } from '../../model/trigger.ts';
import {
  about,
  choice,
  datasetName,
  described,
  duration,
  field,
  listOf,
  oneOf,
  oneOrMore,
  positiveInteger,
} from '../../reading/fields.ts';
import { readDuration } from '../../units/duration.ts';
import { together } from './intervals.ts';
import { checkTimezone, everyTrigger, timezone } from './shared-fields.ts';
import type { Around, TriggerKind } from './trigger-kind.ts';

const datasetsRule = choice('a datasets trigger', {
  all: z.strictObject({ all: described('Every one of these', z.array(datasetName), [['customers', 'prices']]) }),
  any: z.strictObject({ any: described('Any of these', z.array(datasetName), [['orders', 'prices']]) }),
  at_least: z.strictObject({
    at_least: described('How many of them', positiveInteger(1000), [2]),
    of: described('The datasets', z.array(datasetName), [['orders', 'prices', 'stock']]),
  }),
});

const clockTime = field(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)), {
  expected: 'a time of day such as 07:00',
  remedy: 'write hours and minutes, in quotes: "07:00"',
});

const schema = z.strictObject({
  datasets: described('Datasets that tasks of other pipelines publish', datasetsRule, [
    'orders',
    { all: ['orders', 'prices'] },
  ]),
  optional: about('Awaited until the deadline, not beyond it', oneOrMore(datasetName), ['prices']),
  by: about('The deadline: the first such time after the interval has ended', clockTime, ['06:00']),
  within: about('The deadline, counted from the first publication of one of them', duration),
  timezone: about('Of the deadline; UTC by default', timezone),
  otherwise: about('What happens at the deadline when a dataset is missing; alert by default', oneOf(lateActions)),
  on_rerun: about('When a dataset is published again; ignore by default', oneOf(['ignore', 'rerun'])),
  ...everyTrigger,
});

type Written = z.output<typeof schema>;

/** Tasks of other pipelines publish datasets. The run gets their interval. */
export const datasets = {
  schema,
  read({ datasets: rule, optional, on_rerun: onRerun, ...written }) {
    const rest = {
      kind: 'datasets' as const,
      ...present({
        optional: optional === undefined ? undefined : listOf(optional),
        deadline: deadlineOf(written),
        onRerun,
      }),
    };
    if ('all' in rule) return { ...rest, datasets: rule.all, rule: 'all' };
    if ('any' in rule) return { ...rest, datasets: rule.any, rule: 'any' };
    return { ...rest, datasets: rule.of, rule: { atLeast: rule.at_least } };
  },
  check(written, around) {
    checkNames(written, around);
    checkDeadline(written, around);
    checkTimezone(written.timezone, around);
    return [];
  },
  from: 'trigger',
  givesInterval: () => true,
  remedies: {
    param: () => 'give it a default',
    interval: () => 'add `interval` to the triggers of the pipelines that publish the datasets',
  },
  waitsFor({ datasets: required, rule, optional = [] }) {
    const key = typeof rule === 'string' ? rule : 'of';
    return [
      ...required.map((name, at) => ({ kind: 'dataset' as const, name, path: ['datasets', key, at] })),
      ...optional.map((name, at) => ({ kind: 'dataset' as const, name, path: ['optional', at] })),
    ];
  },
  startedBy(trigger, from) {
    const published = from.tasks.flatMap(({ publishes }) => publishes);
    const dataset = awaited(trigger).find((name) => published.includes(name));
    return dataset === undefined ? undefined : { by: `the dataset ${dataset}`, certain: true };
  },
  intervals: (trigger, { ofDataset }) => together(trigger.datasets.map(ofDataset)),
  uses: () => [],
  renamed: (trigger) => trigger,
  wakes: () => undefined,
  words: (trigger) => `the datasets ${trigger.datasets.join(', ')}`,
} satisfies TriggerKind<DatasetsTrigger, Written>;

function deadlineOf({
  by,
  within,
  timezone = 'UTC',
  otherwise = 'alert',
}: Pick<Written, 'by' | 'within' | 'timezone' | 'otherwise'>): DatasetDeadline | undefined {
  const withinSeconds = within === undefined ? undefined : readDuration(within);
  if (withinSeconds !== undefined) return { withinSeconds, otherwise };
  return by === undefined ? undefined : { by, timezone, otherwise };
}

function awaited({ datasets, optional = [] }: DatasetsTrigger): readonly string[] {
  return [...datasets, ...optional];
}

function checkNames({ datasets: rule, optional }: Written, { publishes, report }: Around): void {
  const key = 'all' in rule ? 'all' : 'any' in rule ? 'any' : 'of';
  const names = 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.of;
  if (names.length === 0) {
    const remedy = 'name at least one, or remove the trigger';
    report({ path: ['datasets', key], code: 'no-datasets', message: 'the trigger names no dataset', remedy });
  }
  if ('at_least' in rule && rule.at_least > names.length && names.length > 0) {
    const message = `the trigger needs ${rule.at_least} datasets and names only ${names.length}`;
    const remedy = `write at most ${names.length}, or name more of them`;
    report({ path: ['datasets', 'at_least'], code: 'at-least', message, remedy });
  }
  for (const [at, name] of names.entries()) {
    if (!publishes.has(name)) continue;
    const message = `the pipeline publishes \`${name}\` itself: each run would start the next, without end`;
    report({ path: ['datasets', key, at], code: 'own-dataset', message, remedy: 'remove it here' });
  }
  for (const name of listOf(optional)) {
    if (!names.includes(name) && !publishes.has(name)) continue;
    const message = publishes.has(name)
      ? `the pipeline publishes \`${name}\` itself`
      : `\`${name}\` is required already`;
    report({ path: ['optional'], code: 'optional-dataset', message, remedy: 'remove it here' });
  }
}

function checkDeadline(written: Written, { report }: Around): void {
  if (written.by !== undefined && written.within !== undefined) {
    const message = '`by` and `within` are two deadlines';
    report({ path: ['within'], key: true, code: 'two-deadlines', message, remedy: 'remove one of them' });
  }
  for (const needing of ['optional', 'otherwise'] as const) {
    if (written.by !== undefined || written.within !== undefined || written[needing] === undefined) continue;
    const message = `\`${needing}\` has no effect without a deadline`;
    const remedy = 'add `by`, a time of day such as "07:00", or `within`, such as 7d, or remove it';
    report({ path: [needing], key: true, code: 'no-deadline', message, remedy });
  }
}
