import { kinds } from '../../../shared/tasks/kinds.ts';

/** Files with mistakes, and for each problem its code and the word at its place. */
export type Mistake = {
  readonly title: string;
  readonly text: string;
  readonly found: readonly string[];
  /** One of the remedies. */
  readonly remedy?: string;
};

const keys = Object.keys(kinds).map((key) => `\`${key}\``);

/** Tasks, one a line, from line 3 on. */
function tasks(...lines: readonly string[]): string {
  return `pipeline: p\ntasks:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** The upper part of a file, with one task below it. */
function above(...lines: readonly string[]): string {
  return `${lines.join('\n')}\npipeline: p\ntasks: { a: { glue-job: j } }\n`;
}

/** A task `b` with the argument `x`, after `a`. */
function reading(expression: string, more = '', ...others: readonly string[]): string {
  return tasks('a: { glue-job: j }', `b: { glue-job: j, after: [a]${more}, args: { x: "${expression}" } }`, ...others);
}

const shape: readonly Mistake[] = [
  { title: 'an empty file is no pipeline', text: '', found: ['wrong-type: '] },
  { title: 'a file without tasks says so', text: 'pipeline: p', found: ['missing-key: pipeline'] },
  { title: 'a list is no pipeline', text: '- a\n- b', found: ['wrong-type: -'] },
  {
    title: 'an unknown key is met with the nearest known one',
    text: tasks('a: { glue-job: j, tiemout: 1h }'),
    found: ['unknown-key: tiemout'],
    remedy: 'did you mean `timeout`?',
  },
  {
    title: 'a kind that is nearly right is one mistake, not two',
    text: tasks('a: { gluejob: j }'),
    found: ['unknown-key: gluejob'],
    remedy: 'did you mean `glue-job`?',
  },
  {
    title: 'a task without a kind says so',
    text: tasks('a: { after: [] }'),
    found: ['which-kind: a'],
    remedy: keys.length > 1 ? `add one of ${keys.join(', ')}` : 'add `glue-job: NAME`',
  },
  { title: 'a duration needs its unit', text: tasks('a: { glue-job: j, timeout: 90 }'), found: ['wrong-type: 90'] },
  {
    title: 'a duration has its largest unit first',
    text: tasks('a: { glue-job: j, timeout: 5m1h }'),
    found: ['wrong-type: 5m1h'],
  },
  { title: 'a text is no flag', text: tasks('a: { glue-job: j, tolerate: yes }'), found: ['wrong-type: yes'] },
  {
    title: 'a join rule is one of a few',
    text: tasks('a: { glue-job: j }', 'b: { glue-job: j, after: a, when: all_suceeded }'),
    found: ['wrong-type: all_suceeded'],
    remedy: 'did you mean `all_succeeded`?',
  },
  {
    title: 'a join rule is met with the one that begins like it',
    text: tasks('a: { glue-job: j }', 'b: { glue-job: j, after: a, when: any_success }'),
    found: ['wrong-type: any_success'],
    remedy: 'write `when: any_succeeded`',
  },
  { title: 'a key stands once', text: tasks('a: { glue-job: j }', 'a: { glue-job: k }'), found: ['duplicate-key: a'] },
  {
    title: 'a parameter stands once',
    text: above('params:', '  x: { type: string }', '  x: { type: date }'),
    found: ['duplicate-key: x'],
  },
  {
    title: 'a trigger stands once',
    text: above('triggers:', '  x: { s3: { bucket: abc, key: "*" } }', '  x: { s3: { bucket: abc, key: "*" } }'),
    found: ['duplicate-key: x'],
  },
  { title: 'a task name with a blank is refused', text: tasks('my task: { glue-job: j }'), found: ['bad-name: my'] },
  {
    title: 'a task name of 65 letters is refused',
    text: tasks(`${'x'.repeat(65)}: { glue-job: j }`),
    found: ['bad-name: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
  },
  {
    title: 'a pipeline name with a slash is refused',
    text: 'pipeline: a/b\ntasks: { a: { glue-job: j } }',
    found: ['wrong-type: a'],
  },
  { title: 'aliases are refused', text: tasks('a: &x { glue-job: j }', 'b: *x'), found: ['alias: *'] },
  { title: 'YAML mistakes have their place', text: 'pipeline: p\ntasks: {', found: ['yaml: '] },
  {
    title: 'an expression without quotes is met with quotes',
    text: tasks('a: { glue-job: j, if: {% true %} }'),
    found: ['yaml: %'],
    remedy: 'put the expression into quotes: "{% … %}"',
  },
  { title: 'two documents are one too many', text: 'pipeline: p\n---\npipeline: q', found: ['yaml: ---'] },
];

const numbers: readonly Mistake[] = [
  {
    title: 'a number that loses a digit is doubtful',
    text: tasks('a: { glue-job: j, args: { account: 012345678901, version: 1.10, id: 12345678901234567890, n: 1.5 } }'),
    found: ['number: 012345678901', 'number: 1', 'number: 12345678901234567890'],
    remedy: 'put it in quotes, if every digit counts',
  },
];

const graph: readonly Mistake[] = [
  {
    title: 'an unknown upstream is met with the nearest task',
    text: tasks('orders: { glue-job: j }', 'b: { glue-job: j, after: [oders] }'),
    found: ['unknown-upstream: oders'],
    remedy: 'did you mean `orders`?',
  },
  {
    title: 'a task cannot wait for itself',
    text: tasks('a: { glue-job: j, after: a }'),
    found: ['self-dependency: a'],
  },
  {
    title: 'an upstream stands once',
    text: tasks('a: { glue-job: j }', 'b: { glue-job: j, after: [a, a] }'),
    found: ['duplicate-upstream: a'],
  },
  {
    title: 'every cycle is found once',
    text: tasks(
      'a: { glue-job: j, after: [b] }',
      'b: { glue-job: j, after: [a] }',
      'c: { glue-job: j, after: [b, e] }',
      'd: { glue-job: j, after: [c] }',
      'e: { glue-job: j, after: [d] }',
    ),
    found: ['cycle: [', 'cycle: ['],
  },
  {
    title: 'a join rule needs something to join',
    text: tasks('a: { glue-job: j, when: all_done }'),
    found: ['when-without-after: when'],
  },
  {
    title: 'at_least cannot be more than there are',
    text: tasks('a: { glue-job: j }', 'b: { glue-job: j, after: a, when: { at_least: 2 } }'),
    found: ['at-least: 2'],
  },
  {
    title: 'at_least is one at least',
    text: tasks('a: { glue-job: j }', 'b: { glue-job: j, after: a, when: { at_least: 0 } }'),
    found: ['wrong-type: {'],
  },
  {
    title: 'a timeout lies within the deadline',
    text: `runs: { deadline: 1h }\n${tasks('a: { glue-job: j, timeout: 2h }')}`,
    found: ['timeout-beyond-deadline: 2h'],
  },
  {
    title: 'a timeout lies within the default deadline',
    text: tasks('a: { glue-job: j, timeout: 25h }'),
    found: ['timeout-beyond-deadline: 25h'],
  },
  {
    title: "a timeout lies within the task's deadline",
    text: tasks('a: { glue-job: j, timeout: 2h, deadline: 1h }'),
    found: ['timeout-beyond-deadline: 2h'],
  },
  {
    title: "a task's deadline lies within the run's",
    text: `runs: { deadline: 1h }\n${tasks('a: { glue-job: j, deadline: 2h }')}`,
    found: ['deadline-beyond-deadline: 2h'],
  },
  {
    title: 'a wait ends before the deadline',
    text: tasks('a: { wait: 3d }'),
    found: ['lasts-beyond-deadline: 3d'],
    remedy: 'make `runs.deadline` longer',
  },
  {
    title: 'people have their time before the deadline, by default too',
    text: `runs: { deadline: 12h }\n${tasks('a: { approval: "Publish?" }')}`,
    found: ['lasts-beyond-deadline: "'],
  },
  {
    title: 'a run is late before its deadline',
    text: `runs: { deadline: 1h, late: 1h }\n${tasks('a: { glue-job: j, timeout: 1h }')}`,
    found: ['late-beyond-deadline: 1h'],
  },
  {
    title: 'a run is late before the default deadline',
    text: `runs: { late: 2d }\n${tasks('a: { glue-job: j }')}`,
    found: ['late-beyond-deadline: 2d'],
  },
  {
    title: 'Glue takes less than seven days',
    text: `runs: { deadline: 8d }\n${tasks('a: { glue-job: j, timeout: 7d }')}`,
    found: ['glue-timeout: 7d'],
  },
  {
    title: 'Glue counts whole minutes',
    text: tasks('a: { glue-job: j, timeout: 90s }'),
    found: ['glue-minutes: 90s'],
    remedy: 'write 2m',
  },
  {
    title: 'the longest delay is longer than the first',
    text: tasks('a: { glue-job: j, retry: { attempts: 2, delay: 60s, maxDelay: 60s } }'),
    found: ['max-delay: 60s'],
    remedy: 'make it longer, or leave it out',
  },
  {
    title: 'the longest delay is longer than the one of the defaults',
    text: `defaults: { retry: { delay: 60s } }\n${tasks('a: { glue-job: j, retry: { attempts: 2, maxDelay: 20s } }')}`,
    found: ['max-delay: 20s'],
    remedy: 'make it longer, or write a shorter `delay` beside it',
  },
  {
    title: 'the longest delay is longer than the first is by default',
    text: tasks('a: { glue-job: j, retry: { attempts: 2, maxDelay: 30s } }'),
    found: ['max-delay: 30s'],
    remedy: 'make it longer, or write a shorter `delay` beside it',
  },
  {
    title: 'the delay of a task is shorter than the longest of the defaults',
    text: `defaults: { retry: { maxDelay: 1m } }\n${tasks('a: { glue-job: j, retry: { attempts: 2, delay: 2m } }')}`,
    found: ['max-delay: 2m'],
    remedy: 'make it shorter, or give the task a `maxDelay` of its own',
  },
  {
    title: 'the longest delay of the defaults is longer than the first, of however many tasks',
    text: `defaults: { retry: { maxDelay: 20s } }\n${tasks('a: { glue-job: j }', 'b: { glue-job: j }')}`,
    found: ['max-delay: 20s'],
  },
  {
    title: "a second try comes before the task's deadline",
    text: tasks('a: { glue-job: j, timeout: 1h, deadline: 1h, retry: { attempts: 2, delay: 2h } }'),
    found: ['delay-beyond-deadline: 2h'],
    remedy: 'make the delay shorter, or the deadline longer',
  },
  {
    title: "a second try comes before the task's deadline, whatever the defaults say",
    text: `defaults: { retry: { attempts: 2, delay: 2h } }\n${tasks('a: { glue-job: j, deadline: 1h }', 'b: { glue-job: j, deadline: 1h, retry: { attempts: 1 } }')}`,
    found: ['delay-beyond-deadline: 1h'],
  },
  {
    title: "a second try comes before the run's deadline",
    text: `defaults: { retry: { attempts: 2, delay: 25h } }\n${tasks('a: { glue-job: j }', 'b: { glue-job: j }')}`,
    found: ['delay-beyond-deadline: 25h'],
  },
  {
    title: 'a retry waits some time',
    text: tasks('a: { glue-job: j, retry: { attempts: 2, delay: 0s } }'),
    found: ['duration-range: 0s'],
  },
  {
    title: 'arguments are written without dashes',
    text: tasks('a: { glue-job: j, args: { --x: 1 } }'),
    found: ['glue-argument: --x'],
    remedy: 'write `x`; the job gets it as --x',
  },
  {
    title: 'our own arguments are ours',
    text: tasks('a: { glue-job: j, args: { gluewright_run: 1 } }'),
    found: ['glue-argument: gluewright_run'],
  },
];

const reads: readonly Mistake[] = [
  { title: 'an expression has to parse', text: reading('{% 1 + %}'), found: ['bad-expression: '] },
  {
    title: 'what later versions of JSONata take is refused',
    text: reading('{% $params.a ?? 1 %}'),
    found: ['bad-expression: ?'],
    remedy: 'Step Functions has no ??; write $exists(a) ? a : b',
  },
  { title: 'an unknown function is refused', text: reading('{% $foo(1) %}'), found: ['bad-expression: $foo'] },
  {
    title: 'a function that is nearly right is met with the right one',
    text: reading("{% $uppercasse('a') %}"),
    found: ['bad-expression: $uppercasse'],
    remedy: 'did you mean $uppercase?',
  },
  {
    title: 'a task further down cannot be read',
    text: tasks('a: { glue-job: j, if: "{% $tasks.b.output.x %}" }', 'b: { glue-job: j, after: a }'),
    found: ['not-upstream: $tasks'],
    remedy: 'it runs after `a`: turn their order round, or do not read it',
  },
  {
    title: 'a function of Step Functions is not',
    text: reading("{% $hash('a', 'MD5') & $uuid() & $string($range(0, 9, 3)) %}"),
    found: [],
  },
  { title: '$eval is refused', text: reading("{% $eval('1') %}"), found: ['bad-expression: $eval'] },
  { title: 'an unknown variable is refused', text: reading('{% $foo %}'), found: ['bad-expression: $foo'] },
  {
    title: 'a variable of its own is not',
    text: reading('{% ($x := 1; $map([1], function($v) { $v + $x })) %}'),
    found: [],
  },
  {
    title: 'our variables keep their meaning',
    text: reading('{% ($tasks := 1; 2) %}'),
    found: ['bad-expression: $tasks'],
  },
  {
    title: 'an expression is the whole of a string',
    text: reading('s3://b/{% $params.day %}'),
    found: ['partial-expression: "'],
  },
  {
    title: 'an expression has an end',
    text: reading('{% $params.day'),
    found: ['partial-expression: "'],
    remedy: 'end the text with %}',
  },
  {
    title: 'an expression has no blanks around it',
    text: reading(' {% 1 %}'),
    found: ['partial-expression: "'],
    remedy: 'remove the blanks before {% and behind %}',
  },
  {
    title: 'a block of text ends with a line break',
    text: tasks('a:', '  glue-job: j', '  args:', '    x: |', '      {% true %}'),
    found: ['partial-expression: |'],
    remedy: 'a block of text ends with a line break: write it with >- or |-',
  },
  {
    title: 'an expression may be a block of text',
    text: tasks('a:', '  glue-job: j', '  if: >-', '    {% 1 = 1', '    and 2 = 2 %}'),
    found: [],
  },
  {
    title: 'an unknown parameter is met with the nearest',
    text: `params: { day: { type: date } }\n${reading('{% $params.dya %}')}`,
    found: ['unknown-param: $params'],
    remedy: 'did you mean `day`?',
  },
  { title: 'an upstream output may be read', text: reading('{% $tasks.a.output.rows[0] %}'), found: [] },
  {
    title: 'so may one further up',
    text: reading('{% $tasks.a.output %}', '', 'c: { glue-job: j, after: b, if: "{% $tasks.a.output.x = 1 %}" }'),
    found: [],
  },
  { title: 'only outputs can be read', text: reading('{% $tasks.a.rows %}'), found: ['not-output: $tasks'] },
  { title: 'the task has to be named', text: reading("{% $lookup($tasks, 'a') %}"), found: ['opaque-read: $tasks'] },
  {
    title: 'a task that is not upstream cannot be read',
    text: reading('{% $tasks.c.output %}', '', 'c: { glue-job: j }'),
    found: ['not-upstream: $tasks'],
  },
  { title: 'a task cannot read itself', text: reading('{% $tasks.b.output %}'), found: ['not-upstream: $tasks'] },
  {
    title: 'an unknown task cannot be read',
    text: reading('{% $tasks.orders.output %}'),
    found: ['unknown-task: $tasks'],
    remedy: 'known here: `a`',
  },
  {
    title: 'a name with a hyphen needs backticks',
    text: tasks('a-b: { glue-job: j }', 'c: { glue-job: j, after: a-b, args: { x: "{% $tasks.a-b.output %}" } }'),
    found: ['unknown-task: $tasks'],
    remedy: 'after $tasks.a the hyphen is a minus; put the name in backticks: $tasks.`a-b`.output',
  },
  {
    title: 'and has them',
    text: tasks('a-b: { glue-job: j }', 'c: { glue-job: j, after: a-b, args: { x: "{% $tasks.`a-b`.output %}" } }'),
    found: [],
  },
  {
    title: 'a task that need not have succeeded is read with a guard',
    text: reading('{% $tasks.a.output.x %}', ', when: all_done'),
    found: ['unguarded-read: $tasks'],
  },
  {
    title: 'and is read so',
    text: reading('{% $exists($tasks.a.output.x) ? $tasks.a.output.x : 0 %}', ', when: all_done'),
    found: [],
  },
  {
    title: 'the only one of any_succeeded has succeeded',
    text: reading('{% $tasks.a.output.x %}', ', when: any_succeeded'),
    found: [],
  },
  {
    title: 'one of two of any_succeeded need not have',
    text: tasks(
      'a: { glue-job: j }',
      'b: { glue-job: j, after: a }',
      'c: { glue-job: j, after: a }',
      'd: { glue-job: j, after: [b, c], when: any_succeeded, args: { x: "{% $tasks.a.output & $tasks.b.output %}" } }',
    ),
    found: ['unguarded-read: $tasks'],
  },
  {
    title: 'what has no output cannot be read',
    text: tasks(
      'a: { glue-job: j, inject: false }',
      'b: { glue-job: j, after: a, args: { x: "{% $tasks.a.output %}" } }',
    ),
    found: ['no-output: $tasks'],
  },
  {
    title: '$run has its fields',
    text: reading('{% $run.ID %}'),
    found: ['unknown-name: $run'],
    remedy: 'did you mean `id`?',
  },
];

const inputs: readonly Mistake[] = [
  {
    title: 'a default is of its type',
    text: above('params: { n: { type: integer, default: 1.5 } }'),
    found: ['bad-default: 1'],
  },
  {
    title: 'a date is one that the calendar has',
    text: above('params: { d: { type: date, default: 2026-02-30 } }'),
    found: ['bad-default: 2026-02-30'],
  },
  {
    title: 'a default cannot read parameters',
    text: above('params: { d: { type: date, default: "{% $params.x %}" } }'),
    found: ['default-reads: $params'],
  },
  {
    title: 'a parameter has a name that JSONata reads',
    text: above('params: { a-b: { type: date } }'),
    found: ['bad-name: a-b'],
  },
  {
    title: 'a key binds parameters that there are',
    text: above('triggers: { t: { s3: { bucket: abc, key: "x/{day}" } } }'),
    found: ['unknown-param: {'],
  },
  {
    title: 'a key pattern has to be one',
    text: above('triggers: { t: { s3: { bucket: abc, key: "x/{day" } } }'),
    found: ['bad-key-pattern: {'],
  },
  {
    title: 'a trigger gives what has no default',
    text: above('params: { d: { type: date } }', 'triggers: { t: { s3: { bucket: abc, key: "*" } } }'),
    found: ['param-without-value: t'],
    remedy: 'bind it in the key, as {d}, or give it a default',
  },
  {
    title: 'a default that reads $interval needs an interval',
    text: above(
      'params: { d: { type: date, default: "{% $interval.start %}" } }',
      'triggers: { t: { s3: { bucket: abc, key: "*" } } }',
    ),
    found: ['no-interval: t'],
  },
  {
    title: 'unless the key gives the parameter',
    text: above(
      'params: { d: { type: date, default: "{% $interval.start %}" } }',
      'triggers: { t: { s3: { bucket: abc, key: "{d}/*" } } }',
    ),
    found: [],
  },
  {
    title: 'an argument that reads $interval needs an interval from every trigger',
    text: `triggers: { t: { s3: { bucket: abc, key: "*" } } }\n${reading('{% $interval.start %}')}`,
    found: ['no-interval: $interval'],
  },
  {
    title: 'a trigger is of one kind',
    text: above('triggers: { t: { api: true, schedule: rate(1 day) } }'),
    found: ['which-kind: schedule'],
  },
  {
    title: 'a batch ends some time',
    text: above('triggers: { t: { s3: { bucket: abc, key: "*" }, batch: { quiet: 2h, window: 1h } } }'),
    found: ['batch-quiet: 2h'],
  },
  {
    title: 'a batch has something that ends it',
    text: above('triggers: { t: { s3: { bucket: abc }, batch: {} } }'),
    found: ['batch-without-end: {'],
  },
  {
    title: 'a batch that may never be complete has a limit in time',
    text: above('triggers: { t: { s3: { bucket: abc }, batch: { expect: [a.csv, b.csv] } } }'),
    found: ['batch-may-wait: batch'],
  },
  {
    title: 'a marker lies in the folder that binds the parameters',
    text: above(
      'params: { d: { type: date }, x: { type: string } }',
      'triggers: { t: { s3: { bucket: abc, key: "{d}/{x}.csv" }, batch: { marker: _SUCCESS, window: 1h } } }',
    ),
    found: ['marker-without-params: _SUCCESS'],
    remedy: 'bind parameters only in the folders of the key, or end the batch another way',
  },
  {
    title: 'a regular expression is one that takes linear time',
    text: above('triggers: { t: { s3: { bucket: abc, match: "^(a+)+(?=b)" } } }'),
    found: ['bad-regex: ('],
  },
  {
    title: 'sizes are not the wrong way round',
    text: above('triggers: { t: { s3: { bucket: abc, size: { min: 2MB, max: 10 } } } }'),
    found: ['no-size: {'],
  },
  {
    title: 'a pipeline does not start itself',
    text: above('triggers: { t: { pipeline: { name: p } } }'),
    found: ['own-pipeline: p'],
  },
  {
    title: 'a pipeline does not wait for itself',
    text: `triggers: { t: { datasets: { any: [x] } } }\n${tasks('a: { glue-job: j, publishes: x }')}`,
    found: ['own-dataset: x'],
  },
  {
    title: 'a time zone is spelt as IANA does',
    text: above('triggers: { t: { schedule: rate(1 day), timezone: europe/berlin } }'),
    found: ['bad-timezone: europe'],
    remedy: 'did you mean `Europe/Berlin`?',
  },
  {
    title: 'what happens once has no interval before it',
    text: above('triggers: { t: { schedule: "at(2026-11-22T03:00:00)", interval: schedule } }'),
    found: ['no-interval: schedule'],
  },
  {
    title: 'a deadline is a time of day',
    text: above('triggers: { t: { datasets: { any: [x] }, by: 7 o’clock } }'),
    found: ['wrong-type: 7'],
  },
  {
    title: 'there is one deadline',
    text: above('triggers: { t: { datasets: { any: [x] }, by: "07:00", within: 7d } }'),
    found: ['two-deadlines: within'],
  },
  {
    title: 'what is optional is so until a deadline',
    text: above('triggers: { t: { datasets: { any: [x] }, optional: y } }'),
    found: ['no-deadline: optional'],
  },
  {
    title: 'what must be there is not optional',
    text: above('triggers: { t: { datasets: { any: [x] }, optional: [x], by: "07:00" } }'),
    found: ['optional-dataset: ['],
  },
];

export const mistakes: readonly Mistake[] = [...shape, ...numbers, ...graph, ...reads, ...inputs];
