import type { TaskDetail } from '../../shared/views/run/task-detail.ts';
import { printable } from '../page/printable.ts';

/** A task's arguments and output. */
export function TaskDetails({ task }: { readonly task: TaskDetail }) {
  return (
    <div class="columns">
      {task.arguments !== undefined && (
        <section class="card">
          <h2>Arguments</h2>
          <pre tabIndex={0}>{printable(JSON.stringify(task.arguments, null, 2))}</pre>
        </section>
      )}
      {task.output !== undefined && (
        <section class="card">
          <h2>Output</h2>
          <pre tabIndex={0}>{printable(JSON.stringify(task.output, null, 2))}</pre>
        </section>
      )}
    </div>
  );
}
