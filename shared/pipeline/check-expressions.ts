import { isJsonObject, type Json } from '../json.ts';
import { kindOf } from '../tasks/kinds.ts';
import { givesInterval, intervalRemedy } from './check-triggers.ts';
import type { Draft, DraftTask } from './draft.ts';
import { type Expression, expressionText, type Read, readExpression } from './expression.ts';
import type { Report } from './findings.ts';
import type { Nearest } from './nearest.ts';
import type { Path } from './source.ts';
import type { Upstream } from './upstream.ts';

const fieldsOf = { run: ['id', 'pipeline', 'trigger', 'startedAt'], interval: ['start', 'end'] } as const;

type Found = { readonly path: Path; readonly text: string; readonly expression: Expression };

/** Every expression: that it parses, and that what it reads is there when it is evaluated. */
export function checkExpressions(draft: Draft, upstream: Upstream, report: Report, nearest: Nearest): void {
  const unknown = findUnknown(draft, upstream);
  const problem = ({ path, text }: Found, offset: number, code: string, message: string, remedy: string) =>
    report({ path, within: { text, offset }, code, message, remedy });

  for (const [name, param] of draft.params) {
    for (const found of findExpressions(param.default, ['params', name, 'default'], report)) {
      for (const read of found.expression.reads) {
        if (read.of === 'run' || read.of === 'interval') checkField(found, read);
        else {
          const message = `the default of a parameter cannot read $${read.of}`;
          problem(
            found,
            read.offset,
            'default-reads',
            message,
            'it may read $interval and $run, which are there before the parameters are',
          );
        }
      }
    }
  }
  const noInterval = [...draft.triggers].find(([, trigger]) => !('api' in trigger) && !givesInterval(trigger));
  for (const task of draft.tasks.values()) {
    for (const found of expressionsOf(task, report)) {
      for (const read of found.expression.reads) checkRead(task, found, read);
    }
  }

  function checkRead(task: DraftTask, found: Found, read: Read): void {
    if (read.of === 'tasks') return checkOutput(task, found, read);
    if (read.of !== 'params') {
      checkField(found, read);
      if (read.of !== 'interval' || noInterval === undefined) return;
      const [name, trigger] = noInterval;
      const message = `$interval is read, and the trigger \`${name}\` has none`;
      return problem(found, read.offset, 'no-interval', message, intervalRemedy(trigger, 'day'));
    }
    if (read.name === undefined || draft.declared.params.has(read.name)) return;
    const hyphened = [...draft.declared.params].find((param) => param.startsWith(`${read.name}-`));
    const remedy =
      hyphened === undefined
        ? nearest.remedy(read.name, draft.declared.params, `declare it: params: { ${read.name}: { type: string } }`)
        : `after $params.${read.name} the hyphen is a minus: rename \`${hyphened}\`, with _`;
    problem(found, read.offset, 'unknown-param', `there is no parameter \`${read.name}\``, remedy);
  }

  function checkField(found: Found, { of, name, offset }: Read): void {
    if ((of !== 'run' && of !== 'interval') || name === undefined) return;
    const known: readonly string[] = fieldsOf[of];
    if (known.includes(name)) return;
    problem(found, offset, 'unknown-name', `$${of} has no \`${name}\``, nearest.remedy(name, known, ''));
  }

  function checkOutput(task: DraftTask, found: Found, { name, field, offset }: Read): void {
    const { tasks } = draft.declared;
    if (name === undefined) {
      const message = 'which task $tasks reads here cannot be told before it is evaluated';
      return problem(found, offset, 'opaque-read', message, 'name the task: $tasks.NAME.output');
    }
    if (!tasks.has(name)) {
      const hyphened = [...tasks].find((other) => other.startsWith(`${name}-`));
      const remedy =
        hyphened === undefined
          ? nearest.remedy(name, upstreamOf(task), 'read a task that stands in `after`, or upstream of it')
          : `after $tasks.${name} the hyphen is a minus; write the name in backticks: $tasks.\`${hyphened}\`.output`;
      return problem(found, offset, 'unknown-task', `there is no task \`${name}\``, remedy);
    }
    if (field !== 'output') {
      const message = `only the output of \`${name}\` can be read, not ${field === undefined ? 'all of it' : `its \`${field}\``}`;
      return problem(found, offset, 'not-output', message, `write $tasks.${quoted(name)}.output`);
    }
    const other = draft.tasks.get(name);
    const why = other?.work === undefined ? undefined : kindOf(other.work.kind).noOutput(other.work);
    if (why !== undefined) {
      problem(found, offset, 'no-output', `\`${name}\` has no output: ${why}`, 'remove that, or do not read it');
    }
    // Where something upstream could not be read, or waits in a circle, there is enough to be told already.
    if (unknown.has(task.name) || other === undefined) return;
    if (!upstream.isUpstream(name, task.name)) {
      const message =
        name === task.name ? 'a task cannot read its own output' : `\`${name}\` is not upstream of \`${task.name}\``;
      const remedy = name === task.name ? 'read that of another one' : `add \`${name}\` to its \`after\``;
      return problem(found, offset, 'not-upstream', message, remedy);
    }
    if (upstream.mustSucceed(name, task.name) || found.expression.guarded.has(name)) return;
    const message = `\`${task.name}\` may run although \`${name}\` has not succeeded, and then there is no output to read`;
    const remedy = `write $exists($tasks.${quoted(name)}.output) ? … : …, or choose a \`when\` that waits for its success`;
    problem(found, offset, 'unguarded-read', message, remedy);
  }

  function upstreamOf(task: DraftTask): string[] {
    return [...draft.tasks.keys()].filter((name) => upstream.isUpstream(name, task.name));
  }
}

/** Tasks of which it cannot be said what all is upstream of them. */
function findUnknown(draft: Draft, upstream: Upstream): ReadonlySet<string> {
  const unknown = new Set(upstream.cycles.flat());
  const downstream = new Map<string, string[]>();
  for (const task of draft.tasks.values()) {
    if (!task.complete || task.after.some((name) => !draft.tasks.has(name))) unknown.add(task.name);
    for (const name of task.after) {
      const those = downstream.get(name);
      if (those === undefined) downstream.set(name, [task.name]);
      else those.push(task.name);
    }
  }
  // A set yields what is added to it while it is walked.
  for (const name of unknown) for (const next of downstream.get(name) ?? []) unknown.add(next);
  return unknown;
}

function quoted(name: string): string {
  return name.includes('-') ? `\`${name}\`` : name;
}

function expressionsOf(task: DraftTask, report: Report): readonly Found[] {
  const kinds = task.work === undefined ? [] : kindOf(task.work.kind).expressions;
  return ['if', ...kinds].flatMap((key) => findExpressions(task.read[key], ['tasks', task.name, key], report));
}

/** The expressions in a value, with their own problems reported. */
function findExpressions(value: unknown, path: Path, report: Report): Found[] {
  if (typeof value === 'string') {
    const text = expressionText(value);
    if (text === undefined) {
      if (value.includes('{%')) reportPartial(value, path, report);
      return [];
    }
    const expression = readExpression(text);
    for (const { offset, message, remedy } of expression.problems) {
      report({ path, within: { text, offset }, code: 'bad-expression', message, remedy });
    }
    return [{ path, text, expression }];
  }
  if (Array.isArray(value)) return value.flatMap((item: Json, at) => findExpressions(item, [...path, at], report));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => findExpressions(item, [...path, key], report));
}

function reportPartial(value: string, path: Path, report: Report): void {
  const message = 'an expression is the whole of a string, and here it is a part of one';
  const remedy =
    value.trim() === value
      ? "join the parts in the expression: \"{% 's3://bucket/' & $params.day & '/' %}\""
      : 'remove the blanks before {% and behind %}';
  report({ path, code: 'partial-expression', message, remedy });
}
