import { useRef, useState } from 'preact/hooks';
import type { BulkDone, BulkPlanView } from '../../shared/views/runs/bulk-view.ts';
import { act } from '../api/ask.ts';
import { printable } from '../page/printable.ts';

type Props = {
  /** `Rerun` */
  readonly verb: string;
  /** `all failed runs` */
  readonly what: string;
  readonly planAt: string;
  readonly actAt: string;
  /** Which runs are meant. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly then: () => void;
};

/** Acts on all runs that match, of any age: the server lists them first, and the request quotes the list's digest. */
export function BulkPlan({ verb, what, planAt, actAt, body, then }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [plan, setPlan] = useState<BulkPlanView>();
  const [done, setDone] = useState<BulkDone>();
  const [problem, setProblem] = useState<string>();
  const fail = (error: unknown): void => setProblem(error instanceof Error ? error.message : String(error));
  const open = (): void => {
    setPlan(undefined);
    setDone(undefined);
    setProblem(undefined);
    setOpen(true);
    dialog.current?.showModal();
    act<BulkPlanView>(planAt, body, crypto.randomUUID()).then(setPlan, fail);
  };
  const perform = (digest: string): void => {
    act<BulkDone>(actAt, { ...body, plan: digest }, crypto.randomUUID()).then((answer) => {
      setDone(answer);
      then();
    }, fail);
  };
  const count = plan?.runs.length ?? 0;
  const runs = `${count} run${count === 1 ? '' : 's'}`;
  return (
    <>
      <button type="button" class="small" onClick={open}>
        {verb} {what} …
      </button>
      <dialog ref={dialog} aria-label={`${verb} ${what}`} onClose={() => setOpen(false)}>
        <h2>
          {verb} {what}
        </h2>
        {isOpen && plan === undefined && problem === undefined && <p class="dim">Planning …</p>}
        {plan !== undefined && (
          <>
            <p>
              {runs}
              {plan.leftOut.length > 0 && `, ${plan.leftOut.length} left out`}
              {plan.more && '; there are more: plan again afterwards'}
            </p>
            <ul class="plain scroll named" tabIndex={0}>
              {plan.runs.map((each) => (
                <li key={each.run}>
                  {printable(each.run)} <span class="dim">{each.status}</span>
                  {each.runs !== undefined && ` ${each.runs} tasks run, ${each.keeps ?? 0} are kept`}
                </li>
              ))}
              {plan.leftOut.map(({ run, why }) => (
                <li key={run} class="dim">
                  {printable(run)}: {printable(why)}
                </li>
              ))}
            </ul>
          </>
        )}
        <p role="status">
          {done !== undefined && `${done.done.length} of ${count} requested, ${done.refused.length} refused.`}
        </p>
        {done?.refused.map(({ run, why }) => (
          <p key={run} class="problem">
            {printable(`${run}: ${why}`)}
          </p>
        ))}
        {problem !== undefined && (
          <p class="problem" role="alert">
            {printable(problem)}
          </p>
        )}
        <p class="tools">
          {plan !== undefined && count > 0 && done === undefined && (
            <button type="button" class="primary" onClick={() => perform(plan.digest)}>
              {verb} these {runs}
            </button>
          )}
          <button type="button" onClick={() => dialog.current?.close()}>
            {done === undefined ? 'Cancel' : 'Close'}
          </button>
        </p>
      </dialog>
    </>
  );
}
