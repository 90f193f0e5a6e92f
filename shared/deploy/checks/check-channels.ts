import type { Pipeline } from '../../model/pipeline.ts';
import type { Project } from '../stack.ts';
import type { Doubt } from './deploy-problem.ts';

/** Channels that pipelines name, and that the project does not have. */
export function unknownChannels({
  settings,
  pipelines,
}: Pick<Project, 'settings'> & { readonly pipelines: readonly { readonly pipeline: Pipeline }[] }): Doubt[] {
  const known = Object.keys(settings.channels);
  return pipelines.flatMap(({ pipeline }) =>
    channelsMissing(pipeline, known).map(
      (channel): Doubt => ({
        severity: 'error',
        code: 'unknown-channel',
        about: { pipeline: pipeline.name },
        part: { path: ['notify'] },
        message: `there is no channel ${channel}`,
        remedy:
          known.length === 0
            ? `describe it in serverless.yml: custom.gluewright.notify: {${channel}: {email: [name@example.com]}}`
            : `the project has ${known.join(', ')}; others are described in serverless.yml, under custom.gluewright.notify`,
      }),
    ),
  );
}

/** @param known the project's channels */
export function channelsMissing({ notify = {} }: Pick<Pipeline, 'notify'>, known: readonly string[]): string[] {
  return Object.keys(notify).filter((channel) => !known.includes(channel));
}
