import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';

export type ProgramPlaces = {
  /** Working directory. */
  readonly root: string;
  readonly env: () => Readonly<Record<string, string | undefined>>;
};

export type ProgramEnd =
  | { readonly notStarted: string }
  | {
      readonly code: number | NodeJS.Signals | null;
      /** The end of its output. */
      readonly said: string;
      /** What it wrote to descriptor 3. */
      readonly answer: string;
    };

/** Characters kept of a program's output, to explain a failure. */
const kept = 1_000;

/**
 * Runs a program of the project, and reports its end once.
 *
 * @param given its input, and variables beside those of `env`
 * @returns a function that stops it: then nothing is reported
 */
export function runProgram(
  command: readonly string[],
  given: { readonly input?: string; readonly env: Readonly<Record<string, string>> },
  places: ProgramPlaces,
  report: (end: ProgramEnd) => void,
): () => void {
  let awaited = true;
  const end = (how: ProgramEnd): void => {
    if (awaited) report(how);
    awaited = false;
  };
  const child = startProgram(command, given.env, places);
  if (child instanceof Error) {
    setImmediate(() => end({ notStarted: child.message }));
    return () => {
      awaited = false;
    };
  }
  const [input, output, errors, answers] = child.stdio;
  let [said, answer] = ['', ''];
  for (const stream of [output, errors]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-kept);
    });
  }
  if (answers instanceof Readable) {
    answers.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
  }
  // one that reads no input closes it
  input.on('error', () => undefined);
  input.end(given.input);
  child.once('error', ({ message }) => end({ notStarted: message }));
  child.once('close', (code, signal) => end({ code: signal ?? code, said: said.trim(), answer }));
  return () => {
    awaited = false;
    child.kill();
  };
}

/** Node throws some reasons for not starting, such as an environment that is too large, and reports others later. */
function startProgram([program = '', ...args]: readonly string[], own: object, { root, env }: ProgramPlaces) {
  try {
    return spawn(program, args, { cwd: root, env: { ...env(), ...own }, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
