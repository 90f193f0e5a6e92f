import fc from 'fast-check';

/**
 * Property tests draw the same values every time, so that a change is judged by what it changes. `FC_SEED=random npm
 * test` draws anew, `FC_SEED=N` repeats the draws that a failure printed.
 */
const { FC_SEED: seed = '1' } = process.env;
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
