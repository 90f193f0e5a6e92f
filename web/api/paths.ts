const name = encodeURIComponent;

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    (typeof value === 'object' ? value : [value]).flatMap((each) =>
      each === undefined || each === '' ? [] : [`${key}=${encodeURIComponent(String(each))}`],
    ),
  );
  return given.length === 0 ? path : `${path}?${given.join('&')}`;
}

/** The operations of the API that the page uses. */
export const paths = {
  pipelines: () => '/pipelines',
  pipeline: (pipeline: string) => `/pipelines/${name(pipeline)}`,
  grid: (pipeline: string, query: Query) => withQuery(`/pipelines/${name(pipeline)}/grid`, query),
  start: (pipeline: string) => `/pipelines/${name(pipeline)}/runs`,
  pause: (pipeline: string) => `/pipelines/${name(pipeline)}/pause`,
  resume: (pipeline: string) => `/pipelines/${name(pipeline)}/resume`,
  runs: (query: Query) => withQuery('/runs', query),
  run: (run: string) => `/runs/${name(run)}`,
  definition: (run: string) => `/runs/${name(run)}/definition`,
  task: (run: string, task: string) => `/runs/${name(run)}/tasks/${name(task)}`,
  decide: (run: string, task: string) => `/runs/${name(run)}/tasks/${name(task)}/decision`,
  events: (run: string, after?: string) => withQuery(`/runs/${name(run)}/events`, { after }),
  why: (run: string, task?: string) => withQuery(`/runs/${name(run)}/why`, { task }),
  stop: (run: string) => `/runs/${name(run)}/stop`,
  planRerun: (run: string) => `/runs/${name(run)}/rerun-plan`,
  rerun: (run: string) => `/runs/${name(run)}/rerun`,
  log: (run: string, task: string, query: Query) => withQuery(`/runs/${name(run)}/tasks/${name(task)}/log`, query),
  arrivals: (object: string) => withQuery('/arrivals', { object }),
  batch: (batch: string, cursor?: string) => withQuery(`/batches/${name(batch)}`, { limit: 50, cursor }),
  batches: () => '/batches',
  project: () => '/project',
  planReruns: () => '/reruns/plan',
  reruns: () => '/reruns',
  planStops: () => '/stops/plan',
  stops: () => '/stops',
  schedules: () => withQuery('/schedules', { next: 3 }),
  waiting: () => '/waiting',
  queues: () => '/queues',
  datasets: () => '/datasets',
  deadLetters: () => '/dead-letters',
  replay: (letter: string) => `/dead-letters/${name(letter)}/replay`,
  drop: (letter: string) => `/dead-letters/${name(letter)}/drop`,
};
