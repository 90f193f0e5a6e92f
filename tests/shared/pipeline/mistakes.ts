import { expressionMistakes } from './expression-mistakes.ts';
import { inputMistakes } from './input-mistakes.ts';
import type { Mistake } from './mistake.ts';
import { taskMistakes } from './task-mistakes.ts';

export const mistakes: readonly Mistake[] = [...taskMistakes, ...expressionMistakes, ...inputMistakes];
