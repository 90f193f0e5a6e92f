import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects all garbage now, so that the next measurement does not pay for earlier work. */
export const collectGarbage: () => void = runInNewContext('gc');
