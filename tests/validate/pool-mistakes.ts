import { type Mistake, pipeline, task } from './mistake.ts';

const load = '  load: { script: load.py, type: pythonshell }\n';
const pools = (body: string): string => `jobs:\n${load}pools: ${body}\n`;
const jobs = pools('{ warehouse: 4 }');

export const poolMistakes: readonly Mistake[] = [
  { title: 'a pool that is misspelled', file: task('glue-job: load, pool: warehose'), jobs },
  { title: 'a pool that nobody described', file: task('glue-job: load, pool: warehouse') },
  {
    title: 'a task that takes more places than its pool has',
    file: task('glue-job: load, pool: warehouse, places: 5'),
    jobs,
  },
  { title: 'places and priority without a pool', file: task('glue-job: load, places: 2, priority: 5'), jobs },
  { title: 'a priority beyond its range', file: task('glue-job: load, pool: warehouse, priority: 1000'), jobs },
  { title: 'Airflow’s pool_slots', file: task('glue-job: load, pool: warehouse, pool_slots: 2'), jobs },
  { title: 'Airflow’s priority_weight', file: task('glue-job: load, pool: warehouse, priority_weight: 10'), jobs },
  { title: 'Dagster’s concurrency_key', file: task('glue-job: load, concurrency_key: warehouse'), jobs },
  { title: 'Dagster’s op tags', file: task('glue-job: load, tags: { dagster/concurrency_key: warehouse }'), jobs },
  { title: 'Prefect’s tags', file: task('glue-job: load, tags: [warehouse]'), jobs },
  { title: 'GitHub’s concurrency', file: task('glue-job: load, concurrency: { group: warehouse }'), jobs },
  { title: 'a pool of a pipeline', file: pipeline('pool: warehouse', 'tasks: { load: { glue-job: load } }'), jobs },
  {
    title: 'pools in a pipeline file',
    file: pipeline('pools: { warehouse: 4 }', 'tasks: { load: { glue-job: load } }'),
  },
  { title: 'a pool for a function', file: task('lambda: notify, pool: warehouse'), jobs },
  { title: 'a pool for a wait', file: task('wait: 5m, pool: warehouse'), jobs },
  {
    title: 'a pool for a nested pipeline',
    file: task('pipeline: q, pool: warehouse'),
    others: { 'q.yml': 'pipeline: q\ntasks: { load: { glue-job: load } }\n' },
    jobs,
  },
  { title: 'a pool without places', file: task('glue-job: load'), jobs: pools('{ warehouse: }') },
  { title: 'a pool of no places', file: task('glue-job: load'), jobs: pools('{ warehouse: 0 }') },
  { title: 'Airflow’s slots of a pool', file: task('glue-job: load'), jobs: pools('{ warehouse: { slots: 4 } }') },
  { title: 'pools as a list', file: task('glue-job: load'), jobs: pools('[{ name: warehouse, places: 4 }]') },
];
