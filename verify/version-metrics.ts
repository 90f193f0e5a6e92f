import { CreateStateMachineAliasCommand, PublishStateMachineVersionCommand } from '@aws-sdk/client-sfn';
import { liveAlias } from '../shared/deploy/template/names.ts';
import { awaitTrue } from './await-true.ts';
import { act, asAssumed, type Check, harmless, notSettled } from './check.ts';
import { endOfExecution, startMachine } from './executions.ts';

/** Metrics are some minutes late. */
const patienceSeconds = 900;

export const versionMetrics: Check = {
  name: 'version-metrics',
  assumes: 'CloudWatch counts a failed run by its version and by its alias, or by neither',
  cost: 0.001,
  needs: 'metrics',
  async run(account) {
    const StateMachineArn = await account.makeMachine('fails', { StartAt: 'Fail', States: { Fail: { Type: 'Fail' } } });
    const { stateMachineVersionArn = '' } = await account.sfn.send(
      new PublishStateMachineVersionCommand({ stateMachineArn: StateMachineArn }),
    );
    const { stateMachineAliasArn = '' } = await account.sfn.send(
      new CreateStateMachineAliasCommand({
        name: liveAlias,
        routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
      }),
    );
    const ended = await endOfExecution(account, await startMachine(account, stateMachineAliasArn), 60);
    if (ended !== 'FAILED') return notSettled(`the execution that should fail is ${ended ?? 'RUNNING'}`);

    const Version = stateMachineVersionArn.split(':').at(-1) ?? '';
    const count = (more: Readonly<Record<string, string>>) => account.failedRuns({ StateMachineArn, ...more });
    const counted = await awaitTrue(account, patienceSeconds, async () => ((await count({})) > 0 ? true : undefined));
    if (counted === undefined) return notSettled('no metric of the machine within fifteen minutes');
    // metrics by version and alias may come later
    await account.wait(120_000);
    const [byVersion, byAlias] = [await count({ Version }), await count({ Alias: liveAlias })];
    const seen = `one failed run; by version ${byVersion}, by alias ${byAlias}`;
    if (byVersion > 0 && byAlias > 0) return asAssumed(seen);
    return byAlias > 0 ? act(seen) : harmless(`${seen}: every failed run of the machine rolls a canary back`);
  },
};
