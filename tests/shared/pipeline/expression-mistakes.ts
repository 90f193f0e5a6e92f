import { type Mistake, reading, tasks } from './mistake.ts';

export const expressionMistakes: readonly Mistake[] = [
  { title: 'an expression that does not parse is refused', text: reading('{% 1 + %}'), found: ['bad-expression: '] },
  {
    title: 'syntax of later JSONata versions is refused',
    text: reading('{% $params.a ?? 1 %}'),
    found: ['bad-expression: ?'],
    remedy: 'Step Functions has no ??; write $exists(a) ? a : b',
  },
  { title: 'an unknown function is refused', text: reading('{% $foo(1) %}'), found: ['bad-expression: $foo'] },
  {
    title: 'a misspelt function gets the right one',
    text: reading("{% $uppercasse('a') %}"),
    found: ['bad-expression: $uppercasse'],
    remedy: 'did you mean $uppercase?',
  },
  {
    title: 'the output of a downstream task cannot be read',
    text: tasks('a: { glue-job: j, if: "{% $tasks.b.output.x %}" }', 'b: { glue-job: j, after: a }'),
    found: ['not-upstream: $tasks'],
    remedy: 'it runs after `a`: swap their order, or do not read it',
  },
  {
    title: 'a function of Step Functions is allowed',
    text: reading("{% $hash('a', 'MD5') & $uuid() & $string($range(0, 9, 3)) %}"),
    found: [],
  },
  { title: '$eval is refused', text: reading("{% $eval('1') %}"), found: ['bad-expression: $eval'] },
  { title: 'an unknown variable is refused', text: reading('{% $foo %}'), found: ['bad-expression: $foo'] },
  {
    title: 'a variable that the expression binds is allowed',
    text: reading('{% ($x := 1; $map([1], function($v) { $v + $x })) %}'),
    found: [],
  },
  {
    title: 'an expression cannot bind a variable of Gluewright',
    text: reading('{% ($tasks := 1; 2) %}'),
    found: ['bad-expression: $tasks'],
  },
  {
    title: 'an unclosed expression is refused',
    text: reading('{% $params.day'),
    found: ['partial-expression: "'],
    remedy: 'end the text with %}',
  },
  {
    title: 'blanks around an expression are refused',
    text: reading(' {% 1 %}'),
    found: ['partial-expression: "'],
    remedy: 'remove the blanks before {% and behind %}',
  },
  {
    title: 'a block of text with a final line break is refused',
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
    title: 'a misspelt parameter gets the nearest one',
    text: `params: { day: { type: date } }\n${reading('{% $params.dya %}')}`,
    found: ['unknown-param: $params'],
    remedy: 'did you mean `day`?',
  },
  { title: 'an upstream output may be read', text: reading('{% $tasks.a.output.rows[0] %}'), found: [] },
  {
    title: 'the output of a task further upstream may be read',
    text: reading('{% $tasks.a.output %}', '', 'c: { glue-job: j, after: b, if: "{% $tasks.a.output.x = 1 %}" }'),
    found: [],
  },
  {
    title: 'a computed task name is refused',
    text: reading("{% $lookup($tasks, 'a') %}"),
    found: ['opaque-read: $tasks'],
  },
  {
    title: 'the output of a task that is not upstream cannot be read',
    text: reading('{% $tasks.c.output %}', '', 'c: { glue-job: j }'),
    found: ['not-upstream: $tasks'],
  },
  {
    title: 'a task cannot read its own output',
    text: reading('{% $tasks.b.output %}'),
    found: ['not-upstream: $tasks'],
  },
  {
    title: 'the output of an unknown task cannot be read',
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
    title: 'a name with a hyphen in backticks is allowed',
    text: tasks('a-b: { glue-job: j }', 'c: { glue-job: j, after: a-b, args: { x: "{% $tasks.`a-b`.output %}" } }'),
    found: [],
  },
  {
    title: 'an output of a task that may have failed needs a guard',
    text: reading('{% $tasks.a.output.x %}', ', when: all_done'),
    found: ['unguarded-read: $tasks'],
  },
  {
    title: 'an output with a guard is allowed',
    text: reading('{% $exists($tasks.a.output.x) ? $tasks.a.output.x : 0 %}', ', when: all_done'),
    found: [],
  },
  {
    title: 'any_succeeded over one task needs no guard',
    text: reading('{% $tasks.a.output.x %}', ', when: any_succeeded'),
    found: [],
  },
  {
    title: 'any_succeeded over two tasks needs a guard',
    text: tasks(
      'a: { glue-job: j }',
      'b: { glue-job: j, after: a }',
      'c: { glue-job: j, after: a }',
      'd: { glue-job: j, after: [b, c], when: any_succeeded, args: { x: "{% $tasks.a.output & $tasks.b.output %}" } }',
    ),
    found: ['unguarded-read: $tasks'],
  },
  {
    title: 'the output of a task without output cannot be read',
    text: tasks(
      'a: { glue-job: j, inject: false }',
      'b: { glue-job: j, after: a, args: { x: "{% $tasks.a.output %}" } }',
    ),
    found: ['no-output: $tasks'],
  },
];
