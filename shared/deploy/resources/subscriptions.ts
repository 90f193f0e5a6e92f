import type { Json, JsonObject } from '../../json.ts';
import { allKinds } from '../../tasks/kinds.ts';

/** One rule of EventBridge and its function. */
export type Subscription = {
  readonly rule: string;
  readonly function: 'on-task-event' | 'on-run-state' | 'reconcile';
  readonly description: string;
} & (EventSubscription | { readonly every: string });

export type EventSubscription = { readonly pattern: JsonObject };

/**
 * The rules, for AWS and the embedded bus alike. A few broad ones, because a bus has room for 300; the functions
 * find out what is theirs.
 *
 * @param machines prefix of the ARNs of this stack's state machines, and of no other stage's: see `checkStage`
 */
export function subscriptions(machines: Json): readonly Subscription[] {
  return [
    ...allKinds.flatMap(({ kind, runs }): Subscription[] => {
      if (runs.event === undefined) return [];
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
