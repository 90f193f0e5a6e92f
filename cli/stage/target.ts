import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import { findProjectRoot } from '../open/project-root.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { StageOptions } from './stage-options.ts';

/** What a command acts on, and why. */
export type Target =
  | { readonly is: 'this machine'; readonly why: string }
  | {
      readonly is: 'a stack';
      readonly stack: string;
      readonly stage?: string;
      readonly why: string;
      /** The project marks the stage as protected: commands that act ask first. */
      readonly isProtected: boolean;
    };

/** @throws {CommandError} if the files do not name the stage's stack */
export function targetOf({ env, cwd }: Pick<Terminal, 'env' | 'cwd'>, options: StageOptions): Target {
  const { stage, stack, region, profile } = options;
  const fromEnvironment = env.GLUEWRIGHT_STAGE === '' ? undefined : env.GLUEWRIGHT_STAGE;
  const named = stage ?? fromEnvironment;
  if (stack === undefined && named === undefined) {
    if (region === undefined && profile === undefined) {
      return { is: 'this machine', why: 'neither --stage nor --stack is given, and GLUEWRIGHT_STAGE is not set' };
    }
    throw new CommandError(exitCodes.usage, '--region and --profile need a stack: give --stage or --stack');
  }
  if (stack !== undefined) {
    const service = readService({ env, cwd });
    const isProtected = service?.guarded.some((each) => `${service.name}-${each}` === stack) ?? false;
    return { is: 'a stack', stack, why: `--stack ${stack}`, isProtected };
  }
  const service = readService({ env, cwd });
  if (service === undefined || named === undefined) {
    const file = join(findProjectRoot({ env, cwd }).root, 'serverless.yml');
    const message = `${file} names no service, so the stack of the stage ${named} is unknown: give --stack NAME`;
    throw new CommandError(exitCodes.usage, message);
  }
  const said = stage === undefined ? `GLUEWRIGHT_STAGE is ${named}` : `--stage ${named}`;
  return {
    is: 'a stack',
    stack: `${service.name}-${named}`,
    stage: named,
    why: `${said}, and serverless.yml names the service ${service.name}`,
    isProtected: service.guarded.includes(named),
  };
}

const serviceFile = z.object({
  service: z.string(),
  custom: z.optional(z.object({ gluewright: z.optional(z.object({ protected: z.optional(z.array(z.string())) })) })),
});

/** Undefined: there is no such file, or it names no service. */
function readService(
  place: Pick<Terminal, 'env' | 'cwd'>,
): { readonly name: string; readonly guarded: readonly string[] } | undefined {
  const root = rootOf(place);
  const file = root === undefined ? undefined : join(root, 'serverless.yml');
  if (file === undefined || !existsSync(file)) return undefined;
  const read = z.safeParse(serviceFile, parse(readFileSync(file, 'utf8')));
  if (!read.success) return undefined;
  return { name: read.data.service, guarded: read.data.custom?.gluewright?.protected ?? [] };
}

/** Undefined outside of a project, where `--stack` works too. */
function rootOf(place: Pick<Terminal, 'env' | 'cwd'>): string | undefined {
  try {
    return findProjectRoot(place).root;
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** The region and the credentials that will be used, and their sources. Contacts nobody. */
export function settingsOf({ env }: Pick<Terminal, 'env'>, { region, profile }: StageOptions) {
  const variable = (...names: readonly string[]) =>
    names.flatMap((name) => (env[name] === undefined || env[name] === '' ? [] : [{ name, value: env[name] }]))[0];
  const regionVariable = variable('AWS_REGION', 'AWS_DEFAULT_REGION');
  const profileVariable = variable('AWS_PROFILE');
  const named = profile ?? profileVariable?.value;
  const keys = variable('AWS_ACCESS_KEY_ID');
  return {
    region: {
      ...present({ value: region ?? regionVariable?.value }),
      why:
        region !== undefined
          ? '--region'
          : (regionVariable?.name ?? `your AWS settings${named === undefined ? '' : ` for ${named}`}`),
    },
    credentials: {
      ...present({ profile: named }),
      why:
        profile !== undefined
          ? '--profile'
          : keys !== undefined && profileVariable === undefined
            ? keys.name
            : (profileVariable?.name ?? 'the usual AWS credential chain'),
    },
  };
}
