import type { StateType } from '../definition/program.ts';
import type { StateWork } from '../frames/outcome.ts';
import { choice } from './choice.ts';
import { fail } from './fail.ts';
import { map } from './map/map.ts';
import { parallel } from './parallel.ts';
import { pass } from './pass.ts';
import { succeed } from './succeed.ts';
import { task } from './task/task.ts';
import { wait } from './wait.ts';

export const stateWorks: Readonly<Record<StateType, StateWork>> = {
  Pass: pass,
  Task: task,
  Choice: choice,
  Wait: wait,
  Succeed: succeed,
  Fail: fail,
  Parallel: parallel,
  Map: map,
};
