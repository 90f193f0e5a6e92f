import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';

export type ProgramPlaces = {
  /** The working directory. */
  readonly root: string;
  readonly env: () => Readonly<Record<string, string | undefined>>;
};

export type ProgramEnd =
  | { readonly notStarted: string }
  | {
      readonly code: number | NodeJS.Signals | null;
      /** The last characters of the program's output. */
      readonly said: string;
      /** The text that the program wrote to file descriptor 3. */
      readonly answer: string;
    };

/** How many characters of a program's output are kept to explain a failure. */
const kept = 1_000;

/**
 * Runs a program of the project, and reports its end once.
 *
 * @param given the program's input, and variables in addition to those of `env`
 * @returns a function that stops the program, whose end is then not reported
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
  // A program that exits without reading its input breaks the pipe.
  input.on('error', () => undefined);
  input.end(given.input);
  child.once('error', ({ message }) => end({ notStarted: message }));
  child.once('close', (code, signal) => end({ code: signal ?? code, said: said.trim(), answer }));
  return () => {
    awaited = false;
    child.kill();
  };
}

/** Node throws some start errors, such as an environment that is too large, and reports others as an event. */
function startProgram([program = '', ...args]: readonly string[], own: object, { root, env }: ProgramPlaces) {
  try {
    return spawn(program, args, { cwd: root, env: { ...env(), ...own }, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
