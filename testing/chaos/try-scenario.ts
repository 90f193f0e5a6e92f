import { violations } from './oracle.ts';
import { playScenario } from './play-scenario.ts';
import type { Scenario } from './scenario.ts';

/** @returns the failures and the history's digest; an error that escapes is a failure, too */
export async function tryScenario(
  scenario: Scenario,
): Promise<{ readonly wrong: readonly string[]; readonly digest: string }> {
  try {
    const observed = await playScenario(scenario);
    return { wrong: violations(scenario, observed), digest: observed.digest };
  } catch (error) {
    return { wrong: [error instanceof Error ? (error.stack ?? error.message) : String(error)], digest: '' };
  }
}
