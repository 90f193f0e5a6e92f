import { type ChildProcess, fork } from 'node:child_process';
import { launch } from './launch.ts';
import type { RunFolder } from './run-folder.ts';

export type LaunchOptions = { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> };

/** A message to the helper, sent as JSON. */
export type Order = LaunchOptions & {
  readonly id: number;
  readonly command: readonly string[];
  readonly folder: RunFolder;
};
/** A message from the helper, sent as JSON. The first one only says that the helper is ready. */
export type Note =
  | { readonly ready: true }
  | { readonly id: number; readonly problem: string }
  | { readonly id: number; readonly exited: number | undefined };

export type LaunchListener = {
  /** The job could not be started. */
  failed(message: string): void;
  /** @param pid of the process that was started */
  exited(pid: number | undefined): void;
  /** The helper has exited. It may have started the job, but can no longer report the job's end. */
  lost(): void;
};

export type Launcher = {
  launch(command: readonly string[], folder: RunFolder, options: LaunchOptions, listener: LaunchListener): void;
  close(): void;
};

/** Starting a single job takes less time than starting a helper. */
const directLaunches = 1;
const helperFile = import.meta.url.endsWith('.ts') ? './launch-helper.ts' : './launch-helper.js';

/**
 * Starts the first job directly, and later ones through a small helper process. A fork copies the page tables of the
 * process that calls it. For a large process such as the runtime, this blocks for milliseconds.
 */
export function createLauncher(): Launcher {
  const running = new Map<number, LaunchListener>();
  let launches = 0;
  let helper: ChildProcess | undefined;
  let isReady = false;

  function startHelper(): ChildProcess {
    // Ctrl-C does not reach the helper, because it has its own session. It exits when this process exits.
    const child = fork(new URL(helperFile, import.meta.url), {
      detached: true,
      env: {},
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.unref();
    child.channel?.unref();
    child.on('message', (text) => onNote(JSON.parse(String(text))));
    child.once('error', lose).once('exit', lose).once('disconnect', lose);
    return child;
  }

  function onNote(note: Note): void {
    if ('ready' in note) {
      isReady = true;
      return;
    }
    const listener = running.get(note.id);
    running.delete(note.id);
    if ('problem' in note) listener?.failed(note.problem);
    else listener?.exited(note.exited);
  }

  function lose(): void {
    isReady = false;
    const lost = [...running.values()];
    running.clear();
    for (const listener of lost) listener.lost();
  }

  return {
    launch(command, folder, options, listener) {
      launches += 1;
      if (launches > directLaunches) helper ??= startHelper();
      if (helper === undefined || !isReady) {
        launchDirectly(command, folder, options, listener);
        return;
      }
      const order: Order = { id: launches, command, folder, ...options };
      running.set(order.id, listener);
      // Sending fails only if the helper has exited, and `lose` handles that.
      helper.send(JSON.stringify(order), () => undefined);
    },
    close() {
      running.clear();
      if (helper?.connected === true) helper.disconnect();
    },
  };
}

function launchDirectly(...[command, folder, options, listener]: Parameters<Launcher['launch']>): void {
  try {
    const child = launch(command, folder, options);
    child.once('error', (error) => listener.failed(error.message));
    child.once('exit', () => listener.exited(child.pid));
  } catch (error) {
    // The log files could not be opened.
    const message = error instanceof Error ? error.message : String(error);
    process.nextTick(() => listener.failed(message));
  }
}
