/**
 * The expected result of a run, as simply as possible and without product code: times and outcomes of all tasks, from
 * the table in the documentation.
 */
export type ModelTask = {
  readonly name: string;
  readonly after: readonly string[];
  readonly when: string | { readonly atLeast: number };
  readonly tolerate: boolean;
  /** The job's seconds and its end; `skipped`: its `if` is false. */
  readonly seconds: number;
  readonly ends: 'succeeded' | 'failed' | 'timed_out' | 'stopped' | 'skipped';
  readonly kept?: string;
};

export type ModelOutcome = {
  readonly status: string;
  readonly at: number;
  readonly startedAt: number | undefined;
};

const failures = ['failed', 'timed_out', 'stopped', 'upstream_failed'];

export function expectedOutcomes(tasks: readonly ModelTask[]): Map<string, ModelOutcome> {
  const done = new Map<string, ModelOutcome>();
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const outcomeOf = (name: string): ModelOutcome => {
    const known = done.get(name);
    if (known !== undefined) return known;
    const task = byName.get(name);
    if (task === undefined) throw new Error(`no task ${name}`);
    const made = end(task);
    done.set(name, made);
    return made;
  };

  function end(task: ModelTask): ModelOutcome {
    const upstream = task.after.map((name) => {
      const { status, at } = outcomeOf(name);
      const failed = failures.includes(status);
      const tolerated = failed && byName.get(name)?.tolerate === true;
      return { at, succeeded: status === 'succeeded', failed: failed && !tolerated, anyFailure: failed };
    });
    upstream.sort((a, b) => a.at - b.at);
    const last = upstream.at(-1)?.at ?? 0;
    const { verdict, at } = decide(task, upstream, last);
    if (task.kept !== undefined) return { status: task.kept, at, startedAt: undefined };
    if (verdict !== 'run') return { status: verdict, at, startedAt: undefined };
    if (task.ends === 'skipped') return { status: 'skipped', at, startedAt: undefined };
    return { status: task.ends, at: at + task.seconds, startedAt: at };
  }

  for (const task of tasks) outcomeOf(task.name);
  return done;
}

type Upstream = { at: number; succeeded: boolean; failed: boolean; anyFailure: boolean };

type Decision = { verdict: string; at: number };

function decide(task: ModelTask, upstream: readonly Upstream[], last: number): Decision {
  const whenFailed = (known: readonly Upstream[]): string =>
    known.some((one) => one.failed) ? 'upstream_failed' : 'skipped';
  if (upstream.length === 0 || task.when === 'all_done') return { verdict: 'run', at: last };
  if (task.when === 'all_succeeded') {
    return { verdict: upstream.every((one) => one.succeeded) ? 'run' : whenFailed(upstream), at: last };
  }
  if (task.when === 'none_failed') {
    return { verdict: upstream.some((one) => one.failed) ? 'upstream_failed' : 'run', at: last };
  }
  if (task.when === 'any_failed') {
    const first = upstream.find((one) => one.anyFailure);
    return first === undefined ? { verdict: 'skipped', at: last } : { verdict: 'run', at: first.at };
  }
  const wanted = task.when === 'any_succeeded' ? 1 : typeof task.when === 'object' ? task.when.atLeast : Number.NaN;
  for (let known = 1; known <= upstream.length; known += 1) {
    const seen = upstream.slice(0, known);
    const at = seen.at(-1)?.at ?? 0;
    const successes = seen.filter((one) => one.succeeded).length;
    if (successes >= wanted) return { verdict: 'run', at };
  }
  return { verdict: whenFailed(upstream), at: last };
}

export function expectedStatus(tasks: readonly ModelTask[], outcomes: ReadonlyMap<string, ModelOutcome>): string {
  const failed = tasks.some(
    (task) => !task.tolerate && failures.includes(outcomes.get(task.name)?.status ?? 'missing'),
  );
  return failed ? 'FAILED' : 'SUCCEEDED';
}
