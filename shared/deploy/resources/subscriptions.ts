import type { Json, JsonObject } from '../../json.ts';
import { allKinds } from '../../tasks/kinds.ts';

/** One rule of EventBridge: what a function is told of. */
export type Subscription = {
  readonly rule: string;
  readonly function: 'on-task-event' | 'on-run-state' | 'reconcile';
  readonly description: string;
} & (EventSubscription | { readonly every: string });

export type EventSubscription = { readonly pattern: JsonObject };

/**
 * The rules, for AWS and for the embedded bus alike. Few broad ones: a bus has room for 300, and the functions know what
 * is theirs.
 *
 * @param machines what the ARNs of this stack's state machines begin with, and no other stage's: see `checkStage`
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
      // The shortest rate that a rule has: batches end by it, too, a minute late at most.
      description: 'Events are best effort: what was missed is asked for',
      every: 'rate(1 minute)',
    },
  ];
}
