import fc from 'fast-check';

/**
 * Property tests draw the same values every time, so a failure comes from the change under test. `FC_SEED=random npm
 * test` draws new ones, and `FC_SEED=N` repeats those of a failure.
 */
const { FC_SEED: seed = '1' } = process.env;
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
