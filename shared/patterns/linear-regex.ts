import { parseRegex, type RegexNode, RegexRefused, type Test } from './parse-regex.ts';

/**
 * Regular expressions in linear time: matching follows all ways to read the text at once (Thompson's construction),
 * so it takes at most text times expression. Syntax that needs more is refused: back-references and look-around.
 */
export type LinearRegex = { readonly test: (text: string) => boolean };

export type LinearRegexReading =
  | { readonly regex: LinearRegex; readonly problem?: undefined }
  | {
      readonly regex?: undefined;
      readonly problem: { readonly message: string; readonly remedy: string; readonly offset: number };
    };

type Instruction =
  | { readonly is: 'character'; readonly test: Test }
  | { readonly is: 'start' | 'end' | 'found' }
  | { readonly is: 'jump'; to: number[] };

const lengthLimit = 500;
const programLimit = 2_000;

/** Reads JavaScript's syntax without flags, and without `\b`, back-references and look-around. */
export function readLinearRegex(text: string): LinearRegexReading {
  if (text.length > lengthLimit) {
    const remedy = `write at most ${lengthLimit} characters`;
    return { problem: { message: 'the regular expression is too long', remedy, offset: 0 } };
  }
  try {
    const node = parseRegex(text);
    if (weigh(node) > programLimit) {
      const message = 'the regular expression repeats too much within what it repeats';
      return { problem: { message, remedy: 'write * or + instead of large numbers in {…}', offset: 0 } };
    }
    const program = emit(node, []);
    return { regex: { test: (key) => run([...program, { is: 'found' }], key) } };
  } catch (error) {
    if (!(error instanceof RegexRefused)) throw error;
    return { problem: { message: error.message, remedy: error.remedy, offset: error.offset } };
  }
}

/** The number of instructions. */
function weigh(node: RegexNode): number {
  if (node.is === 'repeat') {
    const times = node.max === Infinity ? node.min + 1 : node.max;
    return (weigh(node.of) + 2) * times + 2;
  }
  if (node.is === 'sequence' || node.is === 'choice') return node.of.reduce((sum, each) => sum + weigh(each) + 2, 1);
  return 1;
}

function emit(node: RegexNode, program: Instruction[]): Instruction[] {
  if (node.is === 'sequence') for (const each of node.of) emit(each, program);
  else if (node.is === 'choice') emitChoice(node.of, program);
  else if (node.is === 'repeat') emitRepeat(node, program);
  else program.push(node.is === 'character' ? node : { is: node.is });
  return program;
}

function emitChoice(options: readonly RegexNode[], program: Instruction[]): void {
  const fork: number[] = [];
  const ends: number[][] = [];
  program.push({ is: 'jump', to: fork });
  for (const option of options) {
    fork.push(program.length);
    emit(option, program);
    const end: number[] = [];
    ends.push(end);
    program.push({ is: 'jump', to: end });
  }
  for (const end of ends) end.push(program.length);
}

function emitRepeat({ of, min, max }: Extract<RegexNode, { is: 'repeat' }>, program: Instruction[]): void {
  for (let count = 0; count < min; count += 1) emit(of, program);
  if (max === Infinity) {
    const fork: number[] = [program.length + 1];
    const from = program.push({ is: 'jump', to: fork }) - 1;
    emit(of, program);
    program.push({ is: 'jump', to: [from] });
    fork.push(program.length);
    return;
  }
  const forks: number[][] = [];
  for (let count = min; count < max; count += 1) {
    const fork: number[] = [program.length + 1];
    forks.push(fork);
    program.push({ is: 'jump', to: fork });
    emit(of, program);
  }
  for (const fork of forks) fork.push(program.length);
}

function run(program: readonly Instruction[], text: string): boolean {
  const characters = [...text];
  let states = new Set<number>();
  for (let at = 0; at <= characters.length; at += 1) {
    // a match may begin anywhere
    if (follow(program, states, 0, at, characters.length)) return true;
    const next = new Set<number>();
    const character = characters[at];
    if (character === undefined) return false;
    for (const state of states) {
      const instruction = program[state];
      if (instruction?.is !== 'character' || !instruction.test(character)) continue;
      if (follow(program, next, state + 1, at + 1, characters.length)) return true;
    }
    states = next;
  }
  return false;
}

/** Adds every instruction that is reachable without a character. True: the match is complete. */
function follow(program: readonly Instruction[], states: Set<number>, from: number, at: number, end: number): boolean {
  const waiting = [from];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    if (states.has(state)) continue;
    states.add(state);
    const instruction = program[state];
    if (instruction?.is === 'found') return true;
    if (instruction?.is === 'jump') waiting.push(...instruction.to);
    else if (instruction?.is === 'start' ? at === 0 : instruction?.is === 'end' && at === end) waiting.push(state + 1);
  }
  return false;
}
