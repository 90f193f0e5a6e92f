import { present } from '../../json.ts';
import type { Notify } from '../../model/channel.ts';
import type { Param, Pipeline, Retry, Task } from '../../model/pipeline.ts';
import { listOf } from '../../reading/fields.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { readDuration } from '../../units/duration.ts';
import { needsInterval, textsOfTask } from '../expressions/expressions-of.ts';
import { defaultDeadline, defaultRetryDelay } from './defaults.ts';
import type { Draft, DraftParam, DraftTask } from './draft.ts';

/** Glue 5's own timeout, 480 minutes. */
const defaultTimeout = 8 * 3600;

const defaultRetry = { attempts: 1, delaySeconds: defaultRetryDelay, backoff: 2 } as const satisfies Retry;

/** Fills in a draft's defaults. Wrong parts are left out; a missing name is empty. */
export function normalise(draft: Draft): Pipeline {
  const { name = '', runs } = draft;
  const deadlineSeconds = seconds(runs.deadline) ?? defaultDeadline;
  return {
    name,
    ...present({ description: draft.description }),
    params: Object.fromEntries([...draft.params].map(([key, param]) => [key, toParam(param)])),
    triggers: Object.fromEntries([...draft.triggers].map(([key, { trigger }]) => [key, trigger])),
    runs: {
      max: runs.max ?? 1,
      overlap: runs.overlap ?? 'queue',
      deadlineSeconds,
      ...present({ lateSeconds: seconds(runs.late) }),
      onFailure: runs.onFailure ?? 'continue',
    },
    ...present({ notify: toNotify(draft.notify) }),
    tasks: [...draft.tasks.values()].flatMap((task) => toTask(task, draft.defaults, deadlineSeconds) ?? []),
  };
}

function toNotify(notify: Draft['notify']): Notify | undefined {
  if (notify === false) return {};
  return Array.isArray(notify) ? Object.fromEntries(notify.map((channel) => [channel, true])) : notify;
}

function toTask(task: DraftTask, defaults: Draft['defaults'], deadlineSeconds: number): Task | undefined {
  const { fields, work } = task;
  if (work === undefined) return undefined;
  const timeout = seconds(fields.timeout) ?? kindOf(work.kind).file.longest?.(work) ?? seconds(defaults.timeout);
  const deadline = seconds(fields.deadline);
  const texts = textsOfTask({ work, ...present({ if: fields.if }) });
  return {
    name: task.name,
    after: task.after,
    when: task.when,
    retry: { ...defaultRetry, ...toRetry(defaults.retry), ...toRetry(fields.retry) },
    timeoutSeconds: Math.min(timeout ?? defaultTimeout, deadline ?? deadlineSeconds, deadlineSeconds),
    ...present({ description: fields.description, if: fields.if, deadlineSeconds: deadline }),
    tolerate: fields.tolerate ?? false,
    ...present({ pool: toPool(fields, defaults) }),
    publishes: listOf(fields.publishes),
    work,
    ...(texts.some(needsInterval) ? { needsInterval: true } : {}),
    ...present({ local: toLocal(fields.local) }),
  };
}

function toPool({ pool, places = 1, priority }: DraftTask['fields'], defaults: Draft['defaults']): Task['pool'] {
  return pool === undefined ? undefined : { name: pool, places, priority: priority ?? defaults.priority ?? 0 };
}

function toRetry(retry: Draft['defaults']['retry']): Partial<Retry> {
  return present({
    attempts: retry?.attempts,
    delaySeconds: seconds(retry?.delay),
    backoff: retry?.backoff,
    maxDelaySeconds: seconds(retry?.maxDelay),
  });
}

function toLocal(local: DraftTask['fields']['local']): Task['local'] {
  if (local === undefined) return undefined;
  const { simulate, ...others } = local;
  return present({ simulateSeconds: seconds(simulate), ...others });
}

function toParam({ type, default: fallback, description }: DraftParam): Param {
  return { type, ...present({ default: fallback, description }) };
}

function seconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : readDuration(text);
}
