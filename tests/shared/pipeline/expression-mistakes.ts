import { type Mistake, reading, tasks } from './mistake.ts';

export const expressionMistakes: readonly Mistake[] = [
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
];
