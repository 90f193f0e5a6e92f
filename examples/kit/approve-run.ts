import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Dev } from './let-arrive.ts';

export type ApprovalOptions = {
  /** The path of the command line, `cli/main.ts`. */
  readonly cli: string;
  /** The project's folder. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** The arguments of `gluewright run`. */
  readonly run: readonly string[];
  /** The tasks to approve, in their order. */
  readonly approvals: readonly string[];
};

type RunView = {
  readonly run: string;
  readonly endedAt?: string;
  readonly tasks?: readonly { readonly name: string; readonly state: string }[];
};

const lookMilliseconds = 300;

/** Starts a run while `gluewright dev` runs, and approves these tasks when they wait. */
export async function approveRun({ api, token }: Dev, options: ApprovalOptions): Promise<void> {
  const { cli, root, env, run, approvals } = options;
  const gluewright = async (...words: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [cli, ...words], { cwd: root, env })).stdout.trim();
  const started: { readonly run: string } = JSON.parse(await gluewright('run', ...run, '--detach', '--json'));
  const look = async (): Promise<RunView> => {
    const answer = await fetch(`${api}/runs/${started.run}`, { headers: { authorization: `Bearer ${token}` } });
    return answer.json();
  };
  for (const name of approvals) {
    let view = await look();
    while (view.endedAt === undefined && !isWaiting(view, name)) {
      await setTimeout(lookMilliseconds);
      view = await look();
    }
    if (view.endedAt !== undefined) return;
    process.stdout.write(`${await gluewright('approve', started.run, name, '--note', 'by npm run example')}\n`);
  }
}

function isWaiting({ tasks = [] }: RunView, name: string): boolean {
  return tasks.some((task) => task.name === name && task.state === 'running');
}
