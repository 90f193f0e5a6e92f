import { above, keys, type Mistake, tasks } from './mistake.ts';

const shape: readonly Mistake[] = [
  { title: 'an empty file is refused', text: '', found: ['wrong-type: '] },
  { title: 'a file without tasks is refused', text: 'pipeline: p', found: ['missing-key: pipeline'] },
  { title: 'a list is refused', text: '- a\n- b', found: ['wrong-type: -'] },
  {
    title: 'a misspelt key gets the nearest one',
    text: tasks('a: { glue-job: j, tiemout: 1h }'),
    found: ['unknown-key: tiemout'],
    remedy: 'did you mean `timeout`?',
  },
  {
    title: 'a misspelt kind is one mistake, not two',
    text: tasks('a: { gluejob: j }'),
    found: ['unknown-key: gluejob'],
    remedy: 'did you mean `glue-job`?',
  },
  {
    title: 'a task without a kind is refused',
    text: tasks('a: { after: [] }'),
    found: ['which-kind: a'],
    remedy: keys.length > 1 ? `add one of ${keys.join(', ')}` : 'add `glue-job: NAME`',
  },
  {
    title: 'a duration with its smallest unit first is refused',
    text: tasks('a: { glue-job: j, timeout: 5m1h }'),
    found: ['wrong-type: 5m1h'],
  },
  {
    title: 'a text is refused as a flag',
    text: tasks('a: { glue-job: j, tolerate: yes }'),
    found: ['wrong-type: yes'],
  },
  {
    title: 'an unknown join rule gets the nearest one',
    text: tasks('a: { glue-job: j }', 'b: { glue-job: j, after: a, when: all_suceeded }'),
    found: ['wrong-type: all_suceeded'],
    remedy: 'did you mean `all_succeeded`?',
  },
  {
    title: 'a join rule gets the one with the same beginning',
    text: tasks('a: { glue-job: j }', 'b: { glue-job: j, after: a, when: any_success }'),
    found: ['wrong-type: any_success'],
    remedy: 'write `when: any_succeeded`',
  },
  {
    title: 'a duplicate task is refused',
    text: tasks('a: { glue-job: j }', 'a: { glue-job: k }'),
    found: ['duplicate-key: a'],
  },
  {
    title: 'a duplicate parameter is refused',
    text: above('params:', '  x: { type: string }', '  x: { type: date }'),
    found: ['duplicate-key: x'],
  },
  {
    title: 'a duplicate trigger is refused',
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
  { title: 'a syntax error has its place', text: 'pipeline: p\ntasks: {', found: ['yaml: '] },
  {
    title: 'an expression without quotes gets quotes',
    text: tasks('a: { glue-job: j, if: {% true %} }'),
    found: ['yaml: %'],
    remedy: 'put the expression into quotes: "{% … %}"',
  },
  { title: 'a second document is refused', text: 'pipeline: p\n---\npipeline: q', found: ['yaml: ---'] },
];

const numbers: readonly Mistake[] = [
  {
    title: 'a number that loses a digit gets a warning',
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
    title: 'a duplicate upstream task is refused',
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
    title: 'at_least below 1 is refused',
    text: tasks('a: { glue-job: j }', 'b: { glue-job: j, after: a, when: { at_least: 0 } }'),
    found: ['wrong-type: {'],
  },
  {
    title: 'a timeout beyond the default deadline is refused',
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
    title: 'a wait beyond the deadline gets a warning',
    text: tasks('a: { wait: 3d }'),
    found: ['lasts-beyond-deadline: 3d'],
    remedy: 'make `runs.deadline` longer',
  },
  {
    title: 'an approval beyond the deadline gets a warning, also by default',
    text: `runs: { deadline: 12h }\n${tasks('a: { approval: "Publish?" }')}`,
    found: ['lasts-beyond-deadline: "'],
  },
  {
    title: 'a `late` beyond the deadline is refused',
    text: `runs: { deadline: 1h, late: 1h }\n${tasks('a: { glue-job: j, timeout: 1h }')}`,
    found: ['late-beyond-deadline: 1h'],
  },
  {
    title: 'a `late` beyond the default deadline is refused',
    text: `runs: { late: 2d }\n${tasks('a: { glue-job: j }')}`,
    found: ['late-beyond-deadline: 2d'],
  },
  {
    title: 'a timeout beyond Glue’s seven days is refused',
    text: `runs: { deadline: 8d }\n${tasks('a: { glue-job: j, timeout: 7d }')}`,
    found: ['glue-timeout: 7d'],
  },
  {
    title: 'a timeout that is not whole minutes is refused',
    text: tasks('a: { glue-job: j, timeout: 90s }'),
    found: ['glue-minutes: 90s'],
    remedy: 'write 2m',
  },
  {
    title: 'a maxDelay that is not above delay is refused',
    text: tasks('a: { glue-job: j, retry: { attempts: 2, delay: 60s, maxDelay: 60s } }'),
    found: ['max-delay: 60s'],
    remedy: 'make it longer, or leave it out',
  },
  {
    title: 'a maxDelay that is not above the delay of the defaults is refused',
    text: `defaults: { retry: { delay: 60s } }\n${tasks('a: { glue-job: j, retry: { attempts: 2, maxDelay: 20s } }')}`,
    found: ['max-delay: 20s'],
    remedy: 'make it longer, or write a shorter `delay` beside it',
  },
  {
    title: 'a maxDelay that is not above the default delay is refused',
    text: tasks('a: { glue-job: j, retry: { attempts: 2, maxDelay: 30s } }'),
    found: ['max-delay: 30s'],
    remedy: 'make it longer, or write a shorter `delay` beside it',
  },
  {
    title: 'a delay that is not below the maxDelay of the defaults is refused',
    text: `defaults: { retry: { maxDelay: 1m } }\n${tasks('a: { glue-job: j, retry: { attempts: 2, delay: 2m } }')}`,
    found: ['max-delay: 2m'],
    remedy: 'make it shorter, or give the task a `maxDelay` of its own',
  },
  {
    title: 'a maxDelay in the defaults is reported once for all tasks',
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
    title: 'a delay of zero is refused',
    text: tasks('a: { glue-job: j, retry: { attempts: 2, delay: 0s } }'),
    found: ['duration-range: 0s'],
  },
  {
    title: 'arguments with dashes are refused',
    text: tasks('a: { glue-job: j, args: { --x: 1 } }'),
    found: ['glue-argument: --x'],
    remedy: 'write `x`; the job gets it as --x',
  },
  {
    title: 'arguments that Gluewright sets are refused',
    text: tasks('a: { glue-job: j, args: { gluewright_run: 1 } }'),
    found: ['glue-argument: gluewright_run'],
  },
];

export const taskMistakes: readonly Mistake[] = [...shape, ...numbers, ...graph];
