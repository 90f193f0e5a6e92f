import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRealClock } from '../../local/clock/real-clock.ts';
import { accountVariablesIn } from '../../local/glue/processes/job-environment.ts';
import { describeOwner, HomeInUse } from '../../local/home/home-lock.ts';
import { openRuntime, type Runtime } from '../../local/runtime.ts';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { present } from '../../shared/json.ts';
import type { Channels } from '../../shared/model/channel.ts';
import type { ProjectState } from '../../shared/services/project-state.ts';
import type { System } from '../../shared/services/system.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { findDev } from './dev-file.ts';
import type { OpenProject } from './open-project.ts';

/** `channels`: who is notified, by `notify`. Absent: nobody. */
export type SessionOptions = {
  readonly schedules: boolean;
  readonly files?: () => ProjectState;
  readonly notify?: NonNullable<System['notify']>;
  readonly channels?: Channels;
  readonly wrapLedger?: NonNullable<RuntimeOptions['wrapLedger']>;
};

/**
 * The embedded runtime with the project's pipelines.
 *
 * @param options.schedules false: do not start other runs that are due
 * @throws {CommandError}
 */
export async function openProjectRuntime(
  { root, home, pipelines, machines, jobs, crawlers, rulesets, pools, warn }: OpenProject,
  { schedules, files, notify, channels, wrapLedger }: SessionOptions,
): Promise<Runtime> {
  // logs of the functions and unexpected errors go to a file, not to the screen
  const note = (entry: object): void =>
    appendFileSync(join(home, 'functions.log'), `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`, {
      mode: 0o600,
    });
  const hidden = accountVariablesIn(process.env);
  if (hidden.length > 0) warn(`local jobs do not get ${hidden.join(', ')}: they use the local endpoint`);
  try {
    return await openRuntime({
      home,
      root,
      clock: createRealClock(),
      schedules,
      pipelines: pipelines.map(({ pipeline }) => pipeline),
      definitions: machines,
      jobs,
      crawlers,
      rulesets,
      pools,
      uuid: randomUUID,
      ...present({ project: files, notify, channels, wrapLedger }),
      log: note,
      onSurprise: (error) =>
        note({ message: 'surprise', error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    });
  } catch (error) {
    if (error instanceof HomeInUse) {
      const dev = await findDev(home);
      if (dev !== undefined && dev.pid === error.owner?.pid) {
        const message = `npx gluewright dev has ${home} open already, as ${describeOwner(error.owner)}, on port ${dev.port}`;
        throw new CommandError(exitCodes.unavailable, message);
      }
      const message = `${home} is in use by ${describeOwner(error.owner)}: wait until it ends, or start npx gluewright dev, which several commands can share`;
      throw new CommandError(exitCodes.unavailable, message);
    }
    throw error;
  }
}
