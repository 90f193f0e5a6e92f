import type { Finding, Report } from '../../reading/finding.ts';
import type { Nearest } from '../../reading/nearest.ts';
import { kindOf } from '../../tasks/kinds.ts';
import type { Read } from '../expressions/expression.ts';
import { type FoundExpression, findExpressions } from '../expressions/find-expressions.ts';
import type { Draft, DraftTask } from '../file/draft.ts';
import type { Upstream } from './upstream.ts';

const fieldsOf = { run: ['id', 'pipeline', 'trigger', 'startedAt'], interval: ['start', 'end'] } as const;

type Mistake = Pick<Finding, 'code' | 'message' | 'remedy'>;

/** Checks every expression: it must parse, and what it reads must exist when it is evaluated. */
export function checkExpressions(draft: Draft, upstream: Upstream, report: Report, nearest: Nearest): void {
  const check = (found: FoundExpression, mistakesOf: (read: Read) => readonly (Mistake | undefined)[]) => {
    for (const read of found.expression.reads) {
      const within = { text: found.text, offset: read.offset };
      for (const mistake of mistakesOf(read))
        if (mistake !== undefined) report({ path: found.path, within, ...mistake });
    }
  };
  for (const [name, param] of draft.params) {
    for (const found of findExpressions(param.default, ['params', name, 'default'], report)) {
      check(found, (read) => [checkInDefault(read), checkField(read, nearest), checkBucket(read)]);
    }
  }
  const outputs = outputChecker(draft, upstream, nearest);
  for (const task of draft.tasks.values()) {
    const { expressions = [], locals = {} } = task.work === undefined ? {} : kindOf(task.work.kind).file;
    const found = ['if', ...expressions].flatMap((key) =>
      findExpressions(task.read[key], ['tasks', task.name, key], report, locals[key]),
    );
    for (const one of found) {
      check(one, (read) => [
        checkField(read, nearest),
        checkInterval(read, draft),
        checkParam(read, draft, nearest),
        checkBucket(read),
        ...(read.of === 'tasks' ? outputs(read, task, one.expression.guarded) : []),
      ]);
    }
  }
}

function checkInDefault({ of }: Read): Mistake | undefined {
  if (of === 'run' || of === 'interval' || of === 'buckets') return undefined;
  const remedy = 'it may read $interval, $run and $buckets, which exist before the parameters';
  return { code: 'default-reads', message: `the default of a parameter cannot read $${of}`, remedy };
}

function checkField({ of, name }: Read, nearest: Nearest): Mistake | undefined {
  if ((of !== 'run' && of !== 'interval') || name === undefined) return undefined;
  const known: readonly string[] = fieldsOf[of];
  if (known.includes(name)) return undefined;
  return { code: 'unknown-name', message: `$${of} has no \`${name}\``, remedy: nearest.remedy(name, known, '') };
}

function checkInterval({ of }: Read, draft: Draft): Mistake | undefined {
  if (of !== 'interval') return undefined;
  // callers name the interval in their request
  const without = [...draft.triggers].find(
    ([, { kind, trigger }]) => kind.from !== 'caller' && !kind.givesInterval(trigger),
  );
  if (without === undefined) return undefined;
  const [name, { kind }] = without;
  const message = `$interval is read here, but runs of the trigger \`${name}\` have no interval`;
  return { code: 'no-interval', message, remedy: kind.remedies.interval('day') };
}

/** The compiler fills in the names, so they must be visible in the text. */
function checkBucket({ of, name, field }: Read): Mistake | undefined {
  if (of !== 'buckets') return undefined;
  const isName = name !== undefined && /^[a-z0-9][a-z0-9.-]*$/i.test(name);
  if (isName && field === undefined) return undefined;
  const opaque = 'the bucket that $buckets reads here is only known at run time';
  const message =
    name === undefined
      ? opaque
      : `\`${name}\`${field === undefined ? ' cannot be the name of a bucket' : ` has no \`${field}\``}`;
  return { code: 'opaque-read', message, remedy: "name the bucket: 's3://' & $buckets.NAME & '/…'" };
}

function checkParam({ of, name }: Read, draft: Draft, nearest: Nearest): Mistake | undefined {
  const { params } = draft.declared;
  if (of !== 'params' || name === undefined || params.has(name)) return undefined;
  const hyphened = nearest.beginningWith(`${name}-`, params);
  const remedy =
    hyphened === undefined
      ? nearest.remedy(name, params, `declare it: params: { ${name}: { type: string } }`)
      : `after $params.${name} the hyphen is a minus: rename \`${hyphened}\`, with _`;
  return { code: 'unknown-param', message: `there is no parameter \`${name}\``, remedy };
}

type OutputCheck = (read: Read, task: DraftTask, guarded: ReadonlySet<string>) => readonly Mistake[];

/** Checks reads of `$tasks`. */
function outputChecker(draft: Draft, upstream: Upstream, nearest: Nearest): OutputCheck {
  const unknown = findUnknown(draft, upstream);
  const declared = draft.declared.tasks;
  return ({ name, field }, task, guarded) => {
    if (name === undefined) {
      const message = 'the task that $tasks reads here is only known at run time';
      return [{ code: 'opaque-read', message, remedy: 'name the task: $tasks.NAME.output' }];
    }
    if (!declared.has(name)) return [unknownTask(name, task.name)];
    if (field !== 'output') {
      const what = field === undefined ? 'all of it' : `its \`${field}\``;
      const message = `only the output of \`${name}\` can be read, not ${what}`;
      return [
        {
          code: 'not-output',
          message,
          remedy: `write $tasks.${quoted(name)}.output${field === undefined ? '' : `.${quoted(field)}`}`,
        },
      ];
    }
    const other = draft.tasks.get(name);
    const mistakes: Mistake[] = [];
    const why = other?.work === undefined ? undefined : kindOf(other.work.kind).file.noOutput(other.work);
    if (why !== undefined) {
      const message = `\`${name}\` has no output: ${why}`;
      mistakes.push({ code: 'no-output', message, remedy: 'do not read it' });
    }
    // if something upstream is unreadable or on a cycle, nothing more is known
    if (unknown.has(task.name) || other === undefined) return mistakes;
    if (name === task.name) {
      const message = 'a task cannot read its own output';
      mistakes.push({ code: 'not-upstream', message, remedy: 'read that of a task upstream of it' });
    } else if (!upstream.isUpstream(name, task.name)) {
      const message = `\`${task.name}\` reads the output of \`${name}\`, which is not upstream of it`;
      const remedy = upstream.isUpstream(task.name, name)
        ? `it runs after \`${task.name}\`: swap their order, or do not read it`
        : `add \`${name}\` to the \`after\` of \`${task.name}\``;
      mistakes.push({ code: 'not-upstream', message, remedy });
    } else if (!upstream.mustSucceed(name, task.name) && !guarded.has(name)) {
      const message = `\`${task.name}\` may run although \`${name}\` has not succeeded, and then has no output to read`;
      const guard = `$exists($tasks.${quoted(name)}.output) ? … : …`;
      mistakes.push({
        code: 'unguarded-read',
        message,
        remedy: `write ${guard}, or a \`when\` that needs its success`,
      });
    }
    return mistakes;
  };

  function unknownTask(name: string, reader: string): Mistake {
    const hyphened = nearest.beginningWith(`${name}-`, declared);
    const readable = () => nearest.among(declared, (other) => upstream.isUpstream(other, reader));
    const remedy =
      hyphened === undefined
        ? nearest.remedy(name, readable(), 'read a task in `after`, or upstream of one')
        : `after $tasks.${name} the hyphen is a minus; put the name in backticks: $tasks.${quoted(hyphened)}.output`;
    return { code: 'unknown-task', message: `there is no task \`${name}\``, remedy };
  }
}

/** Tasks whose complete upstream is unknown. */
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
  // a set yields items that are added during the walk
  for (const name of unknown) for (const next of downstream.get(name) ?? []) unknown.add(next);
  return unknown;
}

/** Written for JSONata's paths. */
function quoted(name: string): string {
  return name.includes('-') ? `\`${name}\`` : name;
}
