import type { Interval, Param, Pipeline } from '../../shared/model/pipeline.ts';

/** Options of `simulate` that let a run of the pipeline start: an interval and parameters, if it needs them. */
export type SampleOptions = {
  readonly interval?: Interval;
  readonly params?: Readonly<Record<string, unknown>>;
};

const samples: Readonly<Record<Param['type'], unknown>> = {
  string: 'sample',
  integer: 1,
  number: 1,
  boolean: true,
  date: '2026-01-15',
  object: {},
  array: [],
};

export function sampleOptions({ params, tasks }: Pick<Pipeline, 'params' | 'tasks'>): SampleOptions {
  const given = Object.entries(params).filter(([, param]) => needsValue(param));
  return {
    ...(JSON.stringify([params, tasks]).includes('$interval') && {
      interval: { start: '2026-01-15T00:00:00Z', end: '2026-01-16T00:00:00Z' },
    }),
    ...(given.length > 0 && { params: Object.fromEntries(given.map(([name, { type }]) => [name, samples[type]])) }),
  };
}

/** A simulated run has no trigger that a default could read. */
function needsValue(param: Param): boolean {
  return param.default === undefined || JSON.stringify(param.default).includes('$run.trigger');
}
