import { describe, expect, test } from 'vitest';
import { readJobs } from '../../../../shared/pipeline/jobs/jobs-file.ts';
import { readPipeline } from '../../../../shared/pipeline/read-pipeline.ts';
import { checkSchedule } from '../../../../shared/time/check-schedule.ts';
import { scheduleFrom } from '../../../../shared/time/schedule-from.ts';

const task = (fields: string) =>
  `pipeline: p\nparams: { day: { type: date } }\ntasks:\n  first: { glue-job: j }\n  a: { ${fields} }\n`;
const file = (line: string) => `pipeline: p\n${line}\ntasks: { a: { glue-job: j } }\n`;

const remediesOf = (text: string) => readPipeline(text, 'p.yml').problems.map(({ remedy }) => remedy);

describe('a word of another tool is answered with Gluewright’s:', () => {
  test.each([
    [task('glue-job: j, depends_on: [first]'), 'write `after: [first]`'],
    [task('glue-job: j, dependsOn: first'), 'write `after: first`'],
    [task('glue-job: j, needs: first'), 'write `after: first`'],
    [task('glue-job: j, upstream: [first]'), 'write `after: [first]`'],
    [task('glue-job: j, retries: 2'), 'write `retry: { attempts: 3 }`: attempts count the first try, too'],
    [task('glue-job: j, maxRetries: 1'), 'write `retry: { attempts: 2 }`: attempts count the first try, too'],
    [task('glue-job: j, retry: 2'), 'write `retry: { attempts: 3 }`: attempts count the first try, too'],
    [task('glue-job: j, retry_delay: 90'), 'write `retry: { attempts: 3, delay: 1m30s }`'],
    [task('glue-job: j, retry: { count: 2 }'), 'write `attempts`: the first try counts, too'],
    [task('glue-job: j, after: first, trigger_rule: one_success'), 'write `when: any_succeeded`'],
    [task('glue-job: j, after: first, when: always'), 'write `when: all_done`'],
    [task('job: load'), 'write `glue-job: load`'],
    [task('operator: GlueJobOperator'), 'write `glue-job: GlueJobOperator`'],
    [task('sns: notify'), /^the (only kind is|kinds are) `glue-job`/],
    [task('glue-job: j, timeout: 90'), 'give it a unit: `timeout: 90s` for seconds, `timeout: 90m` for minutes'],
    [task('glue-job: j, timeout: 2.5 hours'), 'write `timeout: 2h30m`'],
    [task('glue-job: j, tolerate: "yes"'), 'write `tolerate: true`, without quotes'],
    [task('glue-job: j, if: "$params.day > 1"'), 'write `if: "{% $params.day > 1 %}"`'],
    [task('glue-job: j, if: true'), 'remove it: a task without `if` runs'],
    [task('glue-job: j, after: None'), 'remove `after`: a task without it starts first'],
    [task('glue-job: j, after:'), 'name a task, or remove `after`'],
    [file('dag_id: sales'), 'write `pipeline: sales`'],
    [
      file('schedule_interval: "@daily"'),
      'schedules belong below `triggers:`: triggers: { nightly: { schedule: "cron(0 0 * * ? *)" } }',
    ],
    [
      file('schedule: "15 4 * * 1-5"'),
      'schedules belong below `triggers:`: triggers: { nightly: { schedule: "cron(15 4 ? * MON-FRI *)" } }',
    ],
    [file('default_args: { retries: 1 }'), 'write `defaults: { retry: { attempts: 2 } }`'],
    [file('catchup: true'), 'it belongs to a schedule: triggers: { nightly: { schedule: …, catchup: all } }'],
    [file('max_active_runs: 4'), 'write `runs: { max: 4 }`'],
    [file('runs: { overlap: wait }'), 'write `overlap: queue`'],
    [file('params: { n: int }'), 'write `n: { type: integer }`'],
    [file('params: { n: { type: str, default: x } }'), 'write `type: string`'],
    [file('triggers: { t: { cron: "0 3 * * *" } }'), 'write `schedule: "cron(0 3 * * ? *)"`'],
    [file('triggers: { t: { s3: "s3://landing/in/*.csv" } }'), 'write `s3: { bucket: landing, key: "in/*.csv" }`'],
    [file('triggers: { t: { s3: { bucket: "s3://landing" } } }'), 'write `bucket: landing`'],
    [
      file('triggers: { t: { datasets: [orders, items] } }'),
      'write `datasets: { all: [orders, items] }`, or `any` instead of `all`',
    ],
    [
      file('triggers: [{ name: nightly, schedule: "rate(1 day)" }]'),
      'names are keys here, without `-`: write `nightly: { schedule: "rate(1 day)" }` below `triggers:`',
    ],
    [file('triggers: { t: { s3: { bucket: landing }, batch: { wait: 5m } } }'), /^write `quiet`/],
    ['pipeline: p\ntasks:\n  a:\n    glue-job:load\n', 'put a space after the colon: `glue-job: load`'],
    ['pipeline: p\ntasks:\n  a:\n  glue-job: load\n', 'indent `glue-job` further: it belongs to the task above it'],
    ['pipeline: p\ntasks:\na:\n  glue-job: load\n', 'if `a` is a task, indent it below `tasks:`'],
    ['pipeline: my sales\ntasks: { a: { glue-job: j } }\n', 'write `my-sales`'],
    ['pipeline: p\ntasks: { lädt: { glue-job: j } }\n', 'write `ladt`'],
    ['', 'begin with `pipeline: NAME` and `tasks:`; docs/pipelines.md has an example'],
  ])('%j', (text, remedy) => {
    expect(remediesOf(text)).toContainEqual(typeof remedy === 'string' ? remedy : expect.stringMatching(remedy));
  });

  test('a foreign kind of task is one problem, not two', () => {
    expect(readPipeline(task('http: train'), 'p.yml').problems.map(({ message }) => message)).toEqual([
      'there is no kind of task called `http`',
    ]);
  });

  test('a merge key is one problem, not three', () => {
    const text = 'pipeline: p\ntasks:\n  a: &x { glue-job: j }\n  b: { <<: *x, after: a }\n';
    expect(readPipeline(text, 'p.yml').problems.map(({ message }) => message)).toEqual([
      'merge keys (`<<`) are not read',
    ]);
  });

  test('Glue’s own retries of a job are answered with the task’s', () => {
    const { problems } = readJobs('jobs: { j: { script: j.py, type: pythonshell, maxRetries: 2 } }\n', 'jobs.yml');
    expect(problems.map(({ remedy }) => remedy)).toEqual([
      'write `retry` on the task instead: Glue’s own retries are always off',
    ]);
  });
});

describe('templates of other tools cause a warning:', () => {
  test.each([
    ['day: "{{ ds }}"', 'write an expression: "{% $interval.start %}"'],
    ['at: "s3://lake/{{ params.day }}/x"', `write an expression: "{% 's3://lake/' & $params.day & '/x' %}"`],
    [`day: "\${params.day}"`, 'write an expression: "{% $params.day %}"'],
    ['"day.$": "$.params.day"', 'write `day: "{% $params.day %}"`'],
    ['day: "$.params.day"', 'write an expression: "{% $params.day %}"'],
    ['list: [a, b]', `if the job reads JSON, write the text: '["a","b"]'`],
    ['nothing:', 'remove it, or write ""'],
  ])('%s', (argument, remedy) => {
    const { problems } = readPipeline(task(`glue-job: j, args: { ${argument} }`), 'p.yml');
    expect(problems).toMatchObject([{ severity: 'warning', remedy }]);
  });

  test('an expression that contains such a text causes none', () => {
    const { problems } = readPipeline(task(`glue-job: j, args: { x: "{% '\${a} {{ b }}' & $params.day %}" }`), 'p.yml');
    expect(problems).toEqual([]);
  });

  test('an unquoted expression is told that it needs quotes', () => {
    expect(remediesOf(task('glue-job: j, args: { day: {{ ds }} }'))).toContain(
      'write an expression, in quotes: "{% $params.day %}"',
    );
  });
});

describe('a property name of all JavaScript objects is a word like any other:', () => {
  test.each([
    [task('glue-job: j, if: constructor'), 'write `if: "{% constructor %}"`'],
    [task('glue-job: j, after: first, when: constructor'), 'choose one of them; without `when` it is all_succeeded'],
    [task('glue-job: j, after: first, trigger_rule: constructor'), 'write `when: constructor`'],
    [file('params: { day: { type: constructor } }'), 'choose one of them'],
  ])('%s', (text, remedy) => {
    expect(remediesOf(text)).toContain(remedy);
  });
});

test('an unclosed quote is reported where it begins', () => {
  const { problems } = readPipeline('pipeline: p\ndescription: "sales\ntasks: { a: { glue-job: j } }\n', 'p.yml');
  expect(problems).toMatchObject([{ line: 2, column: 14, message: 'the quote that begins here is never closed' }]);
});

describe('a Unix schedule is translated for Scheduler:', () => {
  test.each([
    ['0 3 * * *', 'cron(0 3 * * ? *)'],
    ['*/15 * * * *', 'cron(*/15 * * * ? *)'],
    ['0 6 * * 1-5', 'cron(0 6 ? * MON-FRI *)'],
    ['0 6 * * 0', 'cron(0 6 ? * SUN *)'],
    ['0 0 1 * *', 'cron(0 0 1 * ? *)'],
    ['@hourly', 'cron(0 * * * ? *)'],
    ['@weekly', 'cron(0 0 ? * SUN *)'],
  ])('%s', (unix, ours) => {
    expect(scheduleFrom(unix)).toBe(ours);
    expect(checkSchedule(ours)).toBeUndefined();
  });

  test.each(['0 0 1 * 1', '0 3 * *', 'nightly', ''])('%j has no equivalent', (text) => {
    expect(scheduleFrom(text)).toBeUndefined();
  });
});
