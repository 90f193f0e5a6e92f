import { expect, test } from 'vitest';
import { metricLine } from '../../../shared/lambda/metric-line.ts';

test('a sweep’s figures are one line of the embedded metric format, in the alarms’ namespace', () => {
  const line = metricLine('acme-dev', { OpenItems: 3, DueItems: 1, LagSeconds: 12 }, 1_763_611_200_000);
  expect(line.endsWith('}\n')).toBe(true);
  expect(JSON.parse(line)).toEqual({
    _aws: {
      Timestamp: 1_763_611_200_000,
      CloudWatchMetrics: [
        {
          Namespace: 'Gluewright/acme-dev',
          Dimensions: [[]],
          Metrics: [
            { Name: 'OpenItems', Unit: 'Count' },
            { Name: 'DueItems', Unit: 'Count' },
            { Name: 'LagSeconds', Unit: 'Seconds' },
          ],
        },
      ],
    },
    OpenItems: 3,
    DueItems: 1,
    LagSeconds: 12,
  });
});
