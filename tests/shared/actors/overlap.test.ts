import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRun } from '../../../shared/actors/kit/find-run.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import type { RunRules } from '../../../shared/model/pipeline.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { onRunState } from '../../../shared/use-cases/events/on-run-state.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { stopRun } from '../../../shared/use-cases/requests/stop-run.ts';
import { jobEnded } from '../world/job-ended.ts';
import { Crash, callOf, machine, pipelineOf, type Trouble, World } from '../world/world.ts';

/** Runs of one pipeline with one task each. Their executions and jobs advance a little at each turn. */
class Runs {
  readonly world: World;
  readonly asked = new Set<string>();
  readonly #called = new Set<string>();
  readonly #told = new Set<string>();
  /** How long a job run has been in its state. */
  readonly #turns = new Map<string, number>();
  readonly #loses: () => boolean;

  constructor(rules: Pick<RunRules, 'max' | 'overlap'>, loses: () => boolean) {
    this.world = new World([pipelineOf('orders', { runs: { ...rules, deadlineSeconds: 60, onFailure: 'continue' } })]);
    this.#loses = loses;
  }

  /** Repeats requests that were lost in a crashed process, as a caller would. */
  async try(act: () => Promise<unknown>): Promise<boolean> {
    for (let again = 0; again < 20; again++) {
      try {
        await act();
        return true;
      } catch (error) {
        if (error instanceof Crash) this.world.restart();
      }
    }
    return false;
  }

  async start(cause: string): Promise<void> {
    await this.try(async () => {
      const answer = await startRun(this.world.system, { pipeline: 'orders', cause });
      if (answer.is === 'run') this.asked.add(answer.run.id);
    });
  }

  async turn(): Promise<void> {
    const { world } = this;
    const { system } = world;
    world.pass(120);
    for (const { Id, JobRunState = '' } of world.glue.live()) {
      const age = `${Id} ${JobRunState}`;
      this.#turns.set(age, (this.#turns.get(age) ?? 0) + 1);
      if ((this.#turns.get(age) ?? 0) < 3) continue;
      world.glue.end(Id, JobRunState === 'STOPPING' ? 'STOPPED' : 'SUCCEEDED');
    }
    for (const run of world.glue.runs) {
      if (this.#told.has(run.Id) || JSON.stringify(world.glue.live()).includes(run.Id)) continue;
      this.#told.add(run.Id);
      const { Id, JobRunState = '' } = run;
      if (!this.#loses()) await this.try(() => jobEnded(system, 'extract', Id, JobRunState));
    }
    for (const execution of world.sfn.executions) {
      const { name, arn: executionArn } = execution;
      const told = world.sfn.tokens.get(name);
      if (execution.status === 'RUNNING' && !this.#called.has(name)) {
        this.#called.add(name);
        await this.try(() => startTask(system, callOf(world.waitWith(name), { run: name })));
      } else if (execution.status === 'RUNNING' && told !== undefined) {
        const status = told.error === undefined ? 'SUCCEEDED' : 'FAILED';
        await this.try(() => finishRun(system, { run: name, pipeline: 'orders', status, lost: {} }));
        if (execution.status === 'RUNNING') execution.status = status;
      } else if (execution.status !== 'RUNNING' && !this.#told.has(name)) {
        this.#told.add(name);
        const change = { executionArn, stateMachineArn: `${machine}orders`, name, status: execution.status };
        if (!this.#loses()) await this.try(() => onRunState(system, change));
      }
    }
    await this.try(() => reconcile(system));
  }
}

type Act = { readonly do: 'start' | 'stop'; readonly which: number } | { readonly do: 'turn' };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constantFrom('start', 'stop'), which: fc.nat({ max: 5 }) }),
  fc.constant({ do: 'turn' } as const),
);

test('the limit of live runs holds, and every run ends, whatever is started, stopped, lost or dies', async () => {
  const trouble = fc.constantFrom<Trouble>('crash before', 'crash after', 'error before', 'error after');
  const chaos = fc.record({
    rules: fc.record({
      max: fc.integer({ min: 1, max: 2 }),
      overlap: fc.constantFrom('queue', 'skip', 'cancel_running'),
    }),
    acts: fc.array(act, { maxLength: 15 }),
    faults: fc.array(fc.tuple(fc.nat({ max: 200 }), trouble), { maxLength: 6 }),
    losses: fc.array(fc.boolean(), { maxLength: 10 }),
  });
  await fc.assert(
    fc.asyncProperty(chaos, async ({ rules, acts, faults, losses }) => {
      let sent = 0;
      const runs = new Runs(rules, () => losses[sent++] ?? false);
      const { world } = runs;
      const plan = new Map(faults);
      world.trouble = (at) => plan.get(at);
      for (const step of [...acts, ...Array<Act>(60).fill({ do: 'turn' })]) {
        if (step.do === 'start') await runs.start(`cause-${step.which}`);
        else if (step.do === 'stop') await runs.try(() => stopRun(world.system, `orders-cause-${step.which}`));
        else await runs.turn();
        const working = new Set(world.glue.live().map((run) => run.Arguments?.['--gluewright_run']));
        expect(working.size).toBeLessThanOrEqual(rules.max);
      }
      expect((await world.open()).map(({ key }) => key.sort)).toEqual([]);
      for (const id of runs.asked) expect(await findRun(world, id)).toMatchObject({ settled: true });
      expect((await world.ledger.list('pipeline#orders')).items[0]?.value ?? { live: [], queued: [] }).toEqual({
        live: [],
        queued: [],
      });
    }),
    { numRuns: 200 },
  );
});
