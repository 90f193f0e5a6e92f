import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** All of it, now: so that what is measured next does not pay for what was before. */
export const collectGarbage: () => void = runInNewContext('gc');
