import { type ChildProcess, fork } from 'node:child_process';
import { launch } from './launch.ts';
import type { RunFolder } from './run-folder.ts';

export type LaunchOptions = { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> };

/** The messages to the helper, and from it, as JSON. Its first note only says that it is ready. */
export type Order = LaunchOptions & {
  readonly id: number;
  readonly command: readonly string[];
  readonly folder: RunFolder;
};
export type Note =
  | { readonly ready: true }
  | { readonly id: number; readonly problem: string }
  | { readonly id: number; readonly exited: number | undefined };

export type LaunchListener = {
  /** It could not be started. */
  failed(message: string): void;
  /** @param pid of the process that was started */
  exited(pid: number | undefined): void;
  /** The helper is gone: it may have started the job, and nobody will report the end. */
  lost(): void;
};

export type Launcher = {
  launch(command: readonly string[], folder: RunFolder, options: LaunchOptions, listener: LaunchListener): void;
  close(): void;
};

/** A single job is started faster than a helper. */
const directLaunches = 1;
const helperFile = import.meta.url.endsWith('.ts') ? './launch-helper.ts' : './launch-helper.js';

/**
 * Starts jobs through a small helper process, if there are several. A fork copies the tables of the forking process's
 * memory, which takes milliseconds for a runtime, and during which the runtime does nothing else.
 */
export function createLauncher(): Launcher {
  const running = new Map<number, LaunchListener>();
  let launches = 0;
  let helper: ChildProcess | undefined;
  let isReady = false;

  function startHelper(): ChildProcess {
    // In a session of its own, Ctrl-C does not reach it. It ends when this process does.
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
      // if it fails, the helper is gone
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
    // the log files cannot be opened
    const message = error instanceof Error ? error.message : String(error);
    process.nextTick(() => listener.failed(message));
  }
}
