import { approve, reject } from './commands/approve.ts';
import { compile } from './commands/compile.ts';
import { completion } from './commands/completion.ts';
import { deadLetters } from './commands/dead-letters.ts';
import { dev } from './commands/dev.ts';
import { exec } from './commands/exec.ts';
import { gluePython } from './commands/glue-python.ts';
import { graph } from './commands/graph.ts';
import { init } from './commands/init.ts';
import { logs } from './commands/logs.ts';
import { newThing } from './commands/new.ts';
import { open } from './commands/open.ts';
import { orphans } from './commands/orphans.ts';
import { pause } from './commands/pause.ts';
import { rerun } from './commands/rerun.ts';
import { resume } from './commands/resume.ts';
import { run } from './commands/run.ts';
import { runs } from './commands/runs.ts';
import { schedule } from './commands/schedule.ts';
import { show } from './commands/show.ts';
import { simulate } from './commands/simulate.ts';
import { stop } from './commands/stop.ts';
import { validate } from './commands/validate.ts';
import { verifyAccount } from './commands/verify-account.ts';
import { waiting } from './commands/waiting.ts';
import { where } from './commands/where.ts';
import { whereami } from './commands/whereami.ts';
import { why } from './commands/why.ts';
import type { Register } from './terminal/cli.ts';

/** All commands, in the order of the help. */
export const commands: readonly Register[] = [
  init,
  newThing,
  validate,
  compile,
  graph,
  simulate,
  dev,
  open,
  run,
  exec,
  runs,
  show,
  why,
  logs,
  stop,
  approve,
  reject,
  rerun,
  orphans,
  schedule,
  waiting,
  pause,
  resume,
  where,
  deadLetters,
  whereami,
  completion,
  gluePython,
  verifyAccount,
];
