import { awaitedKinds, subscriptions } from '../../shared/deploy/resources/subscriptions.ts';
import { eventInput } from '../../shared/events/event-due.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { namesUsed, triggerKind } from '../../shared/triggers/kinds/kinds.ts';
import type { Rule } from '../events/bus.ts';
import type { Event } from '../events/event.ts';
import type { Functions } from '../lambda/functions.ts';
import { account, region } from '../service/account.ts';
import { stackNames } from './account.ts';

/**
 * The rules of a deployed stack.
 * @param pipelines all pipelines of the stack
 * @param buckets those whose objects may start a run
 * @param taken called when objects have been received
 */
export function rules(
  stack: string,
  functions: Functions,
  pipelines: readonly Pipeline[],
  buckets: readonly string[],
  taken: () => Promise<void>,
): readonly Rule[] {
  const objects: Rule = {
    name: 'objects',
    pattern: { source: ['aws.s3'], 'detail-type': ['Object Created'], detail: { bucket: { name: buckets } } },
    target: async (event) => {
      await throughQueue(functions, event);
      await taken();
    },
  };
  const subscribed = subscriptions(stackNames(stack).machineArn(''), awaitedKinds(pipelines)).flatMap((each): Rule[] =>
    'pattern' in each
      ? [{ name: each.rule, pattern: each.pattern, target: (event) => functions.invoke(each.function, event) }]
      : [],
  );
  return [...subscribed, ...triggerRules(pipelines, functions), ...(buckets.length === 0 ? [] : [objects])];
}

/** The rules of triggers that wait for the account's events. */
function triggerRules(pipelines: readonly Pipeline[], functions: Functions): Rule[] {
  return pipelines.flatMap(({ name: pipeline, triggers }) =>
    Object.entries(triggers).flatMap(([trigger, each]): Rule[] => {
      const pattern = triggerKind(each.kind).wakes(each);
      if (pattern === undefined) return [];
      const target = (event: Event) => functions.invoke('on-trigger', eventInput(pipeline, trigger, event));
      return [{ name: `on ${pipeline}.${trigger}`, pattern, target }];
    }),
  );
}

/** The function receives batches from a queue, and returns the messages that it could not accept. */
async function throughQueue(functions: Functions, event: Event): Promise<void> {
  const record = {
    messageId: event.id,
    receiptHandle: event.id,
    body: JSON.stringify(event),
    attributes: {},
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${region}:${account}:objects`,
    awsRegion: region,
  };
  const answer = await functions.invoke('on-objects', { Records: [record] });
  if (hasFailures(answer)) throw new ArrivalNotTaken(`on-objects did not accept the event ${event.id}`);
}

function hasFailures(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null || !('batchItemFailures' in answer)) return false;
  return Array.isArray(answer.batchItemFailures) && answer.batchItemFailures.length > 0;
}

class ArrivalNotTaken extends Error {
  override readonly name = 'ArrivalNotTaken';
}

/** The buckets whose objects may start a run. */
export function triggerBuckets(pipelines: readonly Pipeline[]): readonly string[] {
  const triggers = pipelines.flatMap((pipeline) => Object.values(pipeline.triggers));
  return [...new Set(namesUsed(triggers, 'bucket'))];
}
