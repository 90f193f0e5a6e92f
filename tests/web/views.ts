import { failedRun, liveRun } from './fixtures.ts';

/** Every view of the page, by its address. */
export const views = {
  pipelines: '#/',
  'pipelines that failed': '#/?show=failed&find=or',
  grid: '#/pipelines/orders-daily',
  'an old run in the grid': '#/pipelines/orders-daily?at=orders-daily-1100&task=join',
  'only failed runs': '#/pipelines/orders-daily?only=failed',
  'runs to act on': '#/pipelines/orders-daily?tab=runs&chosen=orders-daily-1122,orders-daily-1114',
  'the form of a run': '#/pipelines/orders-daily?run=1&tab=runs',
  "a pipeline's graph": '#/pipelines/orders-daily?tab=graph&task=join',
  "a pipeline's triggers": '#/pipelines/orders-daily?tab=triggers',
  'a run that failed': `#/runs/${failedRun.id}`,
  'the plan of a rerun': `#/runs/${failedRun.id}?rerun=failed&tab=gantt`,
  'a live run': `#/runs/${liveRun.id}?tab=gantt`,
  'tasks that are not done': `#/runs/${liveRun.id}?tasks=open&fold=*`,
  'what happened': `#/runs/${failedRun.id}?tab=events`,
  'the details': `#/runs/${failedRun.id}?tab=details`,
  'the definition': `#/runs/${failedRun.id}?tab=definition&task=join`,
  task: `#/runs/${failedRun.id}/tasks/join`,
  'lines of a log': `#/runs/${failedRun.id}/tasks/join?grep=INFO&from=start&attempt=1`,
  triggers: '#/triggers?object=s3%3A%2F%2Flanding%2Forders%2Fa.csv',
  nothing: '#/what/is/this',
} as const;
