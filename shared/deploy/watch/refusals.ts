import { functions } from '../functions/functions.ts';
import { functionLogGroupId } from '../template/names.ts';
import type { Resource } from '../template/template.ts';
import { logMetric, type Metric } from './log-metric.ts';

/**
 * What the functions say when nobody is there to be told: a trigger's run was refused, or something was put with the
 * ledger's dead letters, or Step Functions refused to start a run. A refusal that cannot be put there either is heard of all the same.
 */
export const refusalLines = ['run refused', 'dead letter kept', 'execution refused'] as const;

/** One for the stack, whichever function it was. */
export function refusalMetric(stack: string): Metric {
  return { Namespace: `Gluewright/${stack}`, MetricName: 'Refusals' };
}

/** A metric filter on the log of each function that may start a run by a trigger. */
export function refusalResources(stack: string): Record<string, Resource> {
  const starting = Object.entries(functions).filter(([, { sends }]) => sends.some((name) => name === 'StartExecution'));
  return Object.fromEntries(
    starting.map(([name]): [string, Resource] => [
      `${functionLogGroupId(name)}Refusals`,
      logMetric(name, refusalLines, refusalMetric(stack)),
    ]),
  );
}
