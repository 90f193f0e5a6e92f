import { functions } from '../functions/functions.ts';
import { functionLogGroupId } from '../template/names.ts';
import type { Resource } from '../template/template.ts';
import { logMetric, type Metric } from './log-metric.ts';

/**
 * Log lines for refusals that nobody waits for: a trigger's run was refused, something became a dead letter, or Step
 * Functions refused to start a run. They count even if the dead letter could not be written.
 */
export const refusalLines = ['run refused', 'dead letter kept', 'execution refused'] as const;

/** One for the stack, whatever the function. */
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
