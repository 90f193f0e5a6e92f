import type { BatchRules, Param, Pipeline, Retry, Task, Trigger } from '../../model/pipeline.ts';
import { readBytes } from '../../units/bytes.ts';
import { readDuration } from '../../units/duration.ts';
import { defaultDeadline, defaultRetryDelay } from './defaults.ts';
import { type Draft, type DraftBatch, type DraftParam, type DraftTask, type DraftTrigger, listOf } from './draft.ts';

/** As Glue 5's own timeout, 480 minutes. */
const defaultTimeout = 8 * 3600;

const anyKey = '**';

const defaultRetry = { attempts: 1, delaySeconds: defaultRetryDelay, backoff: 2 } as const satisfies Retry;

/** Fills in the defaults of a draft. What was wrong in it is left out; a name that it does not have is empty. */
export function normalise(draft: Draft): Pipeline {
  const { name = '', runs } = draft;
  const deadlineSeconds = seconds(runs.deadline) ?? defaultDeadline;
  return {
    name,
    ...given('description', draft.description),
    params: Object.fromEntries([...draft.params].map(([key, param]) => [key, toParam(param)])),
    triggers: Object.fromEntries([...draft.triggers].map(([key, trigger]) => [key, toTrigger(trigger)])),
    runs: {
      max: runs.max ?? 1,
      overlap: runs.overlap ?? 'queue',
      deadlineSeconds,
      ...given('lateSeconds', seconds(runs.late)),
      onFailure: runs.onFailure ?? 'continue',
    },
    tasks: [...draft.tasks.values()].flatMap((task) => toTask(task, draft.defaults, deadlineSeconds) ?? []),
  };
}

function toTask(task: DraftTask, defaults: Draft['defaults'], deadlineSeconds: number): Task | undefined {
  const { fields, work } = task;
  if (work === undefined) return undefined;
  const timeout = seconds(fields.timeout ?? defaults.timeout);
  const deadline = seconds(fields.deadline);
  return {
    name: task.name,
    ...given('description', fields.description),
    after: task.after,
    when: task.when,
    ...given('if', fields.if),
    retry: { ...defaultRetry, ...toRetry(defaults.retry), ...toRetry(fields.retry) },
    timeoutSeconds: Math.min(timeout ?? defaultTimeout, deadline ?? deadlineSeconds, deadlineSeconds),
    ...given('deadlineSeconds', deadline),
    tolerate: fields.tolerate ?? false,
    publishes: listOf(fields.publishes),
    work,
  };
}

function toRetry(retry: Draft['defaults']['retry']): Partial<Retry> {
  return {
    ...given('attempts', retry?.attempts),
    ...given('delaySeconds', seconds(retry?.delay)),
    ...given('backoff', retry?.backoff),
    ...given('maxDelaySeconds', seconds(retry?.maxDelay)),
  };
}

function toParam({ type, default: fallback, description }: DraftParam): Param {
  return { type, ...given('default', fallback), ...given('description', description) };
}

function toTrigger(trigger: DraftTrigger): Trigger {
  return { ...toTriggerKind(trigger), ...given('priority', trigger.priority) };
}

function toTriggerKind(trigger: DraftTrigger): Trigger {
  if ('schedule' in trigger) {
    const { schedule: expression, timezone = 'UTC', interval, catchup } = trigger;
    return { kind: 'schedule', expression, timezone, ...given('interval', interval), ...given('catchup', catchup) };
  }
  if ('s3' in trigger) {
    const { bucket, key = anyKey, prefix, suffix, size, match } = trigger.s3;
    return {
      kind: 's3',
      bucket,
      key,
      ...given('prefix', prefix),
      ...given('suffix', suffix),
      ...given('size', size && { ...given('min', bytes(size.min)), ...given('max', bytes(size.max)) }),
      ...given('match', match),
      ...given('batch', trigger.batch && toBatch(trigger.batch)),
    };
  }
  if ('glue-job' in trigger) {
    const { name: job, states } = trigger['glue-job'];
    return { kind: 'glue-job', job, states: states === undefined ? ['SUCCEEDED'] : listOf(states) };
  }
  if ('pipeline' in trigger) {
    const { name: pipeline, status } = trigger.pipeline;
    return { kind: 'pipeline', pipeline, statuses: status === undefined ? ['SUCCEEDED'] : listOf(status) };
  }
  if ('api' in trigger) return { kind: 'api' };
  return toDatasets(trigger);
}

function toDatasets(trigger: Extract<DraftTrigger, { datasets: unknown }>): Trigger {
  const { datasets: rule, optional, by, timezone = 'UTC', otherwise = 'alert', on_rerun: onRerun } = trigger;
  const rest = {
    kind: 'datasets' as const,
    ...given('optional', optional === undefined ? undefined : listOf(optional)),
    ...given('deadline', by === undefined ? undefined : { by, timezone, otherwise }),
    ...given('onRerun', onRerun),
  };
  if ('all' in rule) return { ...rest, datasets: rule.all, rule: 'all' };
  if ('any' in rule) return { ...rest, datasets: rule.any, rule: 'any' };
  return { ...rest, datasets: rule.of, rule: { atLeast: rule.at_least } };
}

function toBatch({ quiet, window, size, bytes: most, marker, expect }: DraftBatch): BatchRules {
  return {
    ...given('quietSeconds', seconds(quiet)),
    ...given('windowSeconds', seconds(window)),
    ...given('size', size),
    ...given('bytes', bytes(most)),
    ...given('marker', marker),
    ...given('expect', expect),
  };
}

function bytes(written: number | string | undefined): number | undefined {
  return written === undefined ? undefined : readBytes(written);
}

function seconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : readDuration(text);
}

/** A property that is there only when it has a value. */
function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  const one: { [P in K]?: V } = {};
  if (value !== undefined) one[key] = value;
  return one;
}
