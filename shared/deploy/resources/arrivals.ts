import type { Json } from '../../json.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { S3Trigger } from '../../model/trigger.ts';
import { triggersOf } from '../../model/trigger.ts';
import { type Digest, functionId, ruleArn, ruleName } from '../template/names.ts';
import { getAtt, type Resource, ref } from '../template/template.ts';
import { deadLetters, hours, target } from './event-rules.ts';
import { deadLetterQueue, queuePolicy, queuePolicyId, workQueue } from './queue.ts';

export const arrivalsQueue = 'Arrivals';
export const arrivalsDeadLetters = 'ArrivalsDeadLetters';

/** Timeout of `on-objects`, as in the functions' settings. */
export const onObjectsSeconds = 60;

/** Bucket → prefixes of the keys that some trigger waits for. */
export function watchedBuckets(pipelines: readonly Pipeline[]): ReadonlyMap<string, readonly string[]> {
  const watched = new Map<string, Set<string>>();
  for (const [, trigger] of pipelines.flatMap((pipeline) => triggersOf(pipeline, 's3'))) {
    const prefixes = watched.get(trigger.bucket) ?? new Set<string>();
    watched.set(trigger.bucket, prefixes.add(beginningOf(trigger)));
  }
  return new Map([...watched].sort(([a], [b]) => (a < b ? -1 : 1)).map(([bucket, keys]) => [bucket, [...keys].sort()]));
}

/** The prefix of all keys that the trigger waits for, including its batch's marker. */
function beginningOf({ key, prefix = '', batch }: S3Trigger): string {
  const fixed = /^[^{*?\\]*/.exec(key)?.[0] ?? '';
  if (batch?.marker !== undefined) return fixed.slice(0, fixed.lastIndexOf('/') + 1);
  return prefix.length > fixed.length ? prefix : fixed;
}

/**
 * S3 → EventBridge → SQS → `on-objects`. The queue turns bursts into batches and reports failures by object, so one
 * bad object does not affect the others.
 */
export function arrivalResources(
  watched: ReadonlyMap<string, readonly string[]>,
  stack: string,
  digest: Digest,
): Record<string, Resource> {
  const groups = chunks([...watched], bucketsPerRule);
  const rules = groups.map((group, index): [string, Resource] => [
    index === 0 ? 'ArrivalsRule' : `ArrivalsRule${index + 1}`,
    {
      Type: 'AWS::Events::Rule',
      // after the function has its new catalog: an older one would find no trigger for the object and drop it
      DependsOn: [functionId('on-objects'), queuePolicyId(arrivalsQueue), queuePolicyId(deadLetters)],
      Properties: {
        Name: ruleName(stack, ruleOf(index), digest),
        Description: 'Objects that some trigger may wait for',
        State: 'ENABLED',
        EventPattern: objectPattern(group),
        Targets: [target(getAtt(arrivalsQueue, 'Arn'), hours(24))],
      },
    },
  ]);
  return {
    [arrivalsDeadLetters]: deadLetterQueue(),
    [arrivalsQueue]: workQueue({
      // AWS recommends six times the function's timeout, so that a message is not delivered again while it is handled
      visibilitySeconds: 6 * onObjectsSeconds,
      attempts: 5,
      deadLetters: arrivalsDeadLetters,
    }),
    ArrivalsMapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: getAtt(arrivalsQueue, 'Arn'),
        FunctionName: ref(functionId('on-objects')),
        BatchSize: 10,
        // a trigger's batch is one ledger item: hundreds of concurrent writers would conflict
        ScalingConfig: { MaximumConcurrency: 5 },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
    ...Object.fromEntries(rules),
    ...queuePolicy(arrivalsQueue, arrivalRuleArns(watched, stack, digest)),
    ...queuePolicy(arrivalsDeadLetters, []),
  };
}

/** The rules that send objects to the queue. */
export function arrivalRuleArns(
  watched: ReadonlyMap<string, readonly string[]>,
  stack: string,
  digest: Digest,
): Json[] {
  return chunks([...watched], bucketsPerRule).map((_, index) => ruleArn(stack, ruleOf(index), digest));
}

function ruleOf(index: number): string {
  return index === 0 ? 'arrivals' : `arrivals-${index + 1}`;
}

/** A pattern has 2,048 characters, and a bucket name up to 63. */
const bucketsPerRule = 20;
const patternLimit = 1_900;

/** A rough filter to save invocations: `on-objects` matches keys against the triggers. */
function objectPattern(group: readonly (readonly [string, readonly string[]])[]): Json {
  const prefixes = [...new Set(group.flatMap(([, keys]) => keys))].sort();
  const anyKey = prefixes.includes('');
  const bucket = { name: group.map(([name]) => name) };
  const pattern = (key: Json | undefined): Json => ({
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: { bucket, ...(key !== undefined && { object: { key } }) },
  });
  const narrow = pattern(prefixes.map((prefix) => ({ prefix })));
  return anyKey || JSON.stringify(narrow).length > patternLimit ? pattern(undefined) : narrow;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const all: T[][] = [];
  for (let start = 0; start < items.length; start += size) all.push(items.slice(start, start + size));
  return all;
}
