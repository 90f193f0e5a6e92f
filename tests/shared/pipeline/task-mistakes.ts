import { above, keys, type Mistake, tasks } from './mistake.ts';

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
    title: 'at_least is one at least',
    text: tasks('a: { glue-job: j }', 'b: { glue-job: j, after: a, when: { at_least: 0 } }'),
    found: ['wrong-type: {'],
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

export const taskMistakes: readonly Mistake[] = [...shape, ...numbers, ...graph];
