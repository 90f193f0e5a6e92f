import type { Json, JsonObject } from '../../json.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { glueJob } from '../../tasks/glue-job/glue-job.ts';
import { allKinds } from '../../tasks/kinds.ts';
import { watchedJobs } from '../../triggers/followers.ts';

/** One rule of EventBridge and its function. */
export type Subscription = {
  readonly rule: string;
  readonly function: 'on-task-event' | 'on-run-state' | 'reconcile';
  readonly description: string;
} & (EventSubscription | { readonly every: string });

export type EventSubscription = { readonly pattern: JsonObject };

/** The kinds whose ends these pipelines wait for, in their tasks and triggers. */
export function awaitedKinds(pipelines: readonly Pipeline[]): ReadonlySet<string> {
  const watched = watchedJobs(pipelines).length === 0 ? [] : [glueJob.kind];
  return new Set([...pipelines.flatMap(({ tasks }) => tasks.map(({ work }) => work.kind)), ...watched]);
}

/**
 * The rules, for AWS and the embedded bus alike. A few broad ones, because a bus has room for 300; the functions
 * find out what is theirs.
 *
 * @param machines prefix of the ARNs of this stack's state machines, and of no other stage's: see `checkStage`
 * @param kinds only their ends have rules: other teams' queries, say, invoke no function of a stack without queries
 */
export function subscriptions(machines: Json, kinds: ReadonlySet<string>): readonly Subscription[] {
  return [
    ...allKinds.flatMap(({ kind, runs }): Subscription[] => {
      if (runs.event === undefined || !kinds.has(kind)) return [];
      const description = `The end of any work of the kind ${kind}: of ours, or of work that held its place`;
      return [{ rule: `${kind}-end`, function: 'on-task-event', description, pattern: { ...runs.event.pattern } }];
    }),
    {
      rule: 'run-state',
      function: 'on-run-state',
      description: 'The end of any execution of the stack',
      pattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [{ prefix: machines }] },
      },
    },
    {
      rule: 'reconcile',
      function: 'reconcile',
      // the shortest rate of a rule: batches end by it as well, up to a minute late
      description: 'Events are best effort: what was missed is asked for',
      every: 'rate(1 minute)',
    },
  ];
}
