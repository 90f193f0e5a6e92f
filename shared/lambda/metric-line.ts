import { type SweepFigure, sweepFigures } from '../services/system.ts';

/**
 * A line in CloudWatch's embedded metric format: the log makes metrics of it, without a call. It has to be written without
 * the time and level that `console.log` puts before a line in Lambda.
 *
 * @param now epoch milliseconds
 */
export function metricLine(stack: string, figures: Readonly<Record<SweepFigure, number>>, now: number): string {
  const Metrics = sweepFigures.map((Name) => ({ Name, Unit: Name === 'LagSeconds' ? 'Seconds' : 'Count' }));
  const _aws = { Timestamp: now, CloudWatchMetrics: [{ Namespace: `Gluewright/${stack}`, Dimensions: [[]], Metrics }] };
  return `${JSON.stringify({ _aws, ...figures })}\n`;
}
