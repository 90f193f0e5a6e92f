import { useEffect, useState } from 'preact/hooks';
import type { RerunPlanView } from '../../shared/views/run/rerun-view.ts';
import type { RunView } from '../../shared/views/run/run-view.ts';
import { AskError, act } from '../api/ask.ts';
import { paths } from '../api/paths.ts';
import { printable } from '../page/printable.ts';
import { go, hrefTo, hrefWith } from '../page/route.ts';
import { duration } from '../page/times.ts';
import { ActButton } from '../parts/act-button.tsx';
import { useShown } from '../parts/shown.ts';

/** @param how `failed`, `all`, or `from:TASK` */
function bodyOf(how: string): Readonly<Record<string, unknown>> {
  if (how.startsWith('from:')) return { from: [how.slice(5)] };
  return how === 'all' ? { all: true } : { failed: true };
}

/** Shows what would run and what would be kept. The request then quotes the plan's digest. */
export function Rerun({ run, how }: { readonly run: RunView; readonly how: string }) {
  const { route } = useShown();
  const [plan, setPlan] = useState<RerunPlanView>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let over = false;
    setPlan(undefined);
    setProblem(undefined);
    act<RerunPlanView>(paths.planRerun(run.id), bodyOf(how), crypto.randomUUID()).then(
      (answer) => over || setPlan(answer),
      (error: unknown) => over || setProblem(error instanceof AskError ? error.message : String(error)),
    );
    return () => {
      over = true;
    };
  }, [run.id, how]);
  const runs = plan?.tasks.filter(({ does }) => does === 'run') ?? [];
  const kept = plan?.tasks.filter(({ does }) => does === 'keep') ?? [];
  const known = runs.reduce((sum, { tookLast = 0 }) => sum + tookLast, 0);
  return (
    <section class="card asks" aria-labelledby="rerun">
      <h2 id="rerun">Rerun plan</h2>
      <p class="tools">
        {(['failed', 'all'] as const).map((each) => (
          <a
            key={each}
            class="button"
            href={hrefWith(route, { rerun: each })}
            {...(each === how ? { 'aria-current': 'true' as const } : {})}
          >
            {each === 'failed' ? 'What failed and what depends on it' : 'Everything'}
          </a>
        ))}
      </p>
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {plan === undefined && problem === undefined && <p class="dim">Planning …</p>}
      {plan !== undefined && (
        <>
          <p>
            {runs.length} of {plan.tasks.length} tasks run, {kept.length} {kept.length === 1 ? 'is' : 'are'} kept
            {known > 0 && `; their jobs took ${duration(known)} last time`}.
          </p>
          <ul class="plan">
            {plan.tasks.slice(0, 200).map(({ name, does, resumes, status, tookLast }) => (
              <li key={name} class={does}>
                <span class="does">{does === 'run' ? 'runs' : 'kept'}</span>
                <span>
                  {printable(name)}
                  <span class="dim">
                    {does === 'keep' && status !== undefined && ` as ${status}`}
                    {resumes && ', only what failed in it'}
                    {tookLast !== undefined && `, ${duration(tookLast)} last time`}
                  </span>
                </span>
              </li>
            ))}
          </ul>
          <p class="tools">
            <ActButton
              look="primary"
              path={paths.rerun(run.id)}
              body={{ ...bodyOf(how), plan: plan.digest }}
              label={`Rerun ${runs.length} task${runs.length === 1 ? '' : 's'}`}
              then={(answer) => {
                const id = runOf(answer);
                if (id !== undefined) go(hrefTo(route, ['runs', id]));
              }}
            />
            <a class="button" href={hrefWith(route, { rerun: '' })}>
              Cancel
            </a>
          </p>
        </>
      )}
    </section>
  );
}

/** The part of the answer that is used here. */
export function runOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('run' in answer)) return undefined;
  return typeof answer.run === 'string' ? answer.run : undefined;
}
