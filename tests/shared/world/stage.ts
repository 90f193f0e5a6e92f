import type { JobRunState } from '@aws-sdk/client-glue';
import { startRun } from '../../../shared/actors/start-run.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import { jobOutcome } from '../../../shared/tasks/glue-job/job-outcome.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { onRunState } from '../../../shared/use-cases/events/on-run-state.ts';
import { signal } from '../../../shared/use-cases/events/signal.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { jobEnded } from './job-ended.ts';
import { Crash, callOf, machine, type World } from './world.ts';

/** How a job's runs end, by attempt; the last one repeats. */
export type Script = Readonly<Record<string, readonly JobRunState[]>>;

/** What happens to events, by a number from the test. */
export type Fate = { readonly lost: boolean; readonly doubled: boolean; readonly late: boolean };

const tries = 2;
const invocations = 30;

/**
 * Runs a small pipeline as a state machine would: two tasks side by side, a gate that waits for both, a third task, and
 * the end. States retry when an invocation fails or a job needs another attempt.
 */
export class Stage {
  readonly world: World;
  readonly script: Script;
  readonly fate: () => Fate;
  readonly redeliver: boolean;
  readonly outcomes: Record<string, Outcome> = {};
  readonly #events: (() => Promise<void>)[] = [];
  readonly #told = new Set<string>();
  #tokens = 0;

  constructor(world: World, script: Script, fate: () => Fate, redeliver = true) {
    this.world = world;
    this.script = script;
    this.fate = fate;
    this.redeliver = redeliver;
  }

  /** @returns the run's id */
  async play(): Promise<string> {
    const { system } = this.world;
    const id = await this.#invoke(async () => {
      const answer = await startRun(system, { pipeline: 'orders', cause: 'play' });
      return answer.is === 'run' ? answer.run.id : undefined;
    });
    if (id === undefined) throw new Error('the run was refused');
    await this.#until(async () => this.world.sfn.executions.length > 0);
    await Promise.all([this.#branch(id, 'a'), this.#branch(id, 'b'), this.#gateBranch(id)]);
    const failed = Object.values(this.outcomes).some((outcome) => outcome.status === 'failed');
    const status = failed ? 'FAILED' : 'SUCCEEDED';
    await this.#invoke(() => finishRun(system, { run: id, pipeline: 'orders', status, lost: {} }));
    this.#close(id, status);
    for (let round = 0; round < 4; round++) await this.#turn();
    return id;
  }

  async #branch(run: string, task: string): Promise<void> {
    this.outcomes[task] = await this.#task(run, task);
    const tasks = { [task]: this.outcomes[task] };
    await this.#invoke(() => signal(this.world.system, { run, gates: ['c'], tasks }));
  }

  async #gateBranch(run: string): Promise<void> {
    const call = { call: 'gate', run, gate: 'c', needs: ['a', 'b'] } as const;
    await this.#wait(async (token) => void (await startTask(this.world.system, { ...call, token })));
    this.outcomes.c = await this.#task(run, 'c');
  }

  async #task(run: string, task: string): Promise<Outcome> {
    const work = { kind: 'glue-job', job: task, args: {}, inject: true } as const;
    for (let attempt = 1; ; attempt++) {
      const told = await this.#wait(
        async (token) => void (await startTask(this.world.system, callOf(token, { run, task, work }))),
      );
      if (told.error === undefined) return { status: 'succeeded' };
      if (attempt === tries || told.error !== 'Glue.JobFailed') return { status: 'failed', error: told.error };
    }
  }

  /** A state with a token. A failed invocation closes the token, and the retry gets a new one. */
  async #wait(call: (token: string) => Promise<void>) {
    for (let invocation = 0; invocation < invocations; invocation++) {
      const token = this.world.waitWith(`token-${++this.#tokens}`);
      if (await this.#once(() => call(token))) {
        await this.#until(async () => this.world.sfn.tokens.get(token) !== undefined);
        return this.world.sfn.tokens.get(token) ?? {};
      }
      this.world.sfn.tokens.delete(token);
      await this.#turn();
    }
    throw new Error('a state has invoked its function in vain');
  }

  async #invoke<T>(call: () => Promise<T>): Promise<T> {
    let answer: { value: T } | undefined;
    for (let invocation = 0; invocation < invocations; invocation++) {
      if ((await this.#once(async () => (answer = { value: await call() }))) && answer !== undefined)
        return answer.value;
    }
    throw new Error('a state has invoked its function in vain');
  }

  /** @returns whether it ended; after a crash there is a new process */
  async #once(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      if (error instanceof Crash) this.world.restart();
      return false;
    }
  }

  async #until(holds: () => Promise<boolean>): Promise<void> {
    for (let turn = 0; turn < 200; turn++) {
      if (await holds()) return;
      await this.#turn();
    }
    throw new Error(`nothing goes on: ${JSON.stringify(this.world.lines.slice(-5))}`);
  }

  /** Time passes: jobs end, events come, and the reconciler looks. */
  async #turn(): Promise<void> {
    this.world.pass(60);
    this.#endJobs();
    for (const deliver of this.#events.splice(0)) {
      if (!(await this.#once(deliver)) && this.redeliver) await this.#once(deliver);
    }
    await this.#once(() => reconcile(this.world.system));
  }

  #endJobs(): void {
    for (const run of this.world.glue.runs) {
      if (this.#told.has(run.Id)) continue;
      const states = this.script[run.JobName] ?? [];
      const attempt = Number(run.Arguments?.['--gluewright_attempt']);
      this.world.glue.end(run.Id, states[attempt - 1] ?? states.at(-1) ?? 'SUCCEEDED');
      if (jobOutcome(run.JobRunState ?? '') === 'open') continue;
      this.#told.add(run.Id);
      const { JobName, Id, JobRunState = '' } = run;
      this.#send(() => jobEnded(this.world.system, JobName, Id, JobRunState));
    }
  }

  #close(name: string, status: string): void {
    const execution = this.world.sfn.executions.find((other) => other.name === name);
    if (execution?.status === 'RUNNING') execution.status = status;
    const executionArn = `${machine.replace('stateMachine', 'execution')}orders:${name}`;
    this.#send(() =>
      onRunState(this.world.system, { executionArn, stateMachineArn: `${machine}orders`, name, status }),
    );
  }

  #send(deliver: () => Promise<void>): void {
    const { lost, doubled, late } = this.fate();
    if (lost) return;
    if (late) this.#events.push(async () => void this.#events.push(deliver));
    else this.#events.push(deliver);
    if (doubled) this.#events.push(deliver);
  }
}
