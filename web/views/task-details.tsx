import type { RunView, TaskView } from '../../shared/views/run-view.ts';
import { printable } from '../page/printable.ts';

type Props = { readonly run: RunView; readonly task: TaskView; readonly attempt: number };

/** What a task was given, and what it gave. */
export function TaskDetails({ task }: Props) {
  if (task.output === undefined && task.outputBytes === undefined) return null;
  return (
    <section class="card">
      <h2>Output</h2>
      {task.output !== undefined && <pre tabIndex={0}>{printable(JSON.stringify(task.output, null, 2))}</pre>}
      {task.outputBytes !== undefined && <p>{task.outputBytes.toLocaleString('en')} bytes: too large to show here.</p>}
    </section>
  );
}
