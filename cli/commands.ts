import type { Register } from './cli.ts';
import { compile } from './commands/compile.ts';
import { graph } from './commands/graph.ts';
import { validate } from './commands/validate.ts';

/** All commands, in the order of the help. */
export const commands: readonly Register[] = [validate, compile, graph];
