import { functions } from './functions.ts';
import { functionLogGroupId } from './names.ts';
import { type Resource, ref } from './template.ts';

/**
 * What the functions say when nobody is there to be told: a trigger's run was refused, or something was put with the
 * ledger's dead letters. A refusal that cannot be put there either is heard of all the same.
 */
export const refusalLines = ['run refused', 'dead letter kept'] as const;

/** One for the stack, whichever function it was. */
export function refusalMetric(stack: string): { readonly Namespace: string; readonly MetricName: string } {
  return { Namespace: `Gluewright/${stack}`, MetricName: 'Refusals' };
}

/**
 * A metric filter on the log of each function that may start a run by a trigger. The pattern is of terms, not of JSON:
 * Lambda puts the time and the request's id before the line.
 */
export function refusalResources(stack: string): Record<string, Resource> {
  const { Namespace: MetricNamespace, MetricName } = refusalMetric(stack);
  const starting = Object.entries(functions).filter(([, { sends }]) => sends.some((name) => name === 'StartExecution'));
  return Object.fromEntries(
    starting.map(([name]): [string, Resource] => [
      `${functionLogGroupId(name)}Refusals`,
      {
        Type: 'AWS::Logs::MetricFilter',
        Properties: {
          LogGroupName: ref(functionLogGroupId(name)),
          FilterPattern: refusalLines.map((line) => `?"${line}"`).join(' '),
          MetricTransformations: [{ MetricNamespace, MetricName, MetricValue: '1' }],
        },
      },
    ]),
  );
}
