import { useState } from 'preact/hooks';
import type { TaskView } from '../../shared/views/run/run-view.ts';
import { paths } from '../api/paths.ts';
import { useAct } from '../api/use-act.ts';
import { printable } from '../page/printable.ts';
import { Lasting } from '../parts/lasting.tsx';

type Props = {
  readonly run: string;
  readonly tasks: readonly TaskView[];
  /** Called once a decision was taken. */
  readonly then: () => void;
};

/** Open approvals, at a prominent place. */
export function Approvals({ run, tasks, then }: Props) {
  return (
    <>
      {tasks.filter(isAsking).map((task) => (
        <Approval key={task.name} run={run} task={task} then={then} />
      ))}
    </>
  );
}

function isAsking({ state, attempts }: TaskView): boolean {
  return state === 'running' && attempts.at(-1)?.kind === 'approval';
}

type OneProps = { readonly run: string; readonly task: TaskView; readonly then: () => void };

function Approval({ run, task, then }: OneProps) {
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState<string>();
  const { state, why, perform } = useAct(then);
  const decide = (approve: boolean): void => {
    setAsked(approve ? 'approval' : 'rejection');
    void perform(paths.decide(run, task.name), { approve, ...(note === '' ? {} : { note }) });
  };
  const isBusy = state === 'sending' || state === 'asked';
  return (
    <section class="card asks" aria-label={`${printable(task.name)} waits for approval`}>
      <h2>{printable(task.attempts.at(-1)?.work ?? task.name)}</h2>
      <p class="dim">
        {printable(task.name)} waits for a decision
        {task.startedAt !== undefined && (
          <>
            , for <Lasting from={task.startedAt} to={undefined} />
          </>
        )}
      </p>
      <p class="tools">
        <label>
          <span class="dim">Note</span>{' '}
          <input type="text" value={note} maxLength={500} onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        <button type="button" class="primary" disabled={isBusy} onClick={() => decide(true)}>
          Approve
        </button>
        <button type="button" class="danger" disabled={isBusy} onClick={() => decide(false)}>
          Reject
        </button>
        {state === 'asked' && (
          <span role="status" class="asked">
            {asked} sent
          </span>
        )}
      </p>
      {state === 'refused' && (
        <p class="problem" role="alert">
          {printable(why ?? '')}
        </p>
      )}
    </section>
  );
}
