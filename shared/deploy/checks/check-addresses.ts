import { textsOfParam, textsOfTask } from '../../pipeline/expressions/expressions-of.ts';
import type { Part } from '../../reading/source.ts';
import type { Project } from '../stack.ts';
import type { Doubt } from './deploy-problem.ts';

/**
 * Addresses in expressions whose bucket is not visible as a whole. On AWS they would keep the bucket name of the
 * file, which may belong to somebody else.
 */
export function checkAddresses({ settings, pipelines }: Project): Doubt[] {
  const aliases = Object.entries(settings.buckets).flatMap(([alias, { name }]) => (alias === name ? [] : [alias]));
  if (aliases.length === 0) return [];
  return pipelines.flatMap(({ pipeline }) => {
    const parts: (readonly [Part, readonly string[]])[] = [
      ...pipeline.tasks.map((task) => [{ path: ['tasks', task.name] }, textsOfTask(task)] as const),
      ...Object.entries(pipeline.params).map(
        ([name, param]) => [{ path: ['params', name] }, textsOfParam(param)] as const,
      ),
    ];
    return parts.flatMap(([part, texts]) =>
      [...new Set(texts)].flatMap((text) => [
        ...doubtsAbout(text, { about: { pipeline: pipeline.name }, part }, aliases),
      ]),
    );
  });
}

/** A literal of an expression that ends within its bucket's name, or right after it, and what follows it. */
const unfinished = /(['"])s3:\/\/([^/'"]*)\1\s*(&\s*\$buckets\b)?/g;

function* doubtsAbout(
  text: string,
  place: Pick<Doubt, 'about' | 'part'>,
  aliases: readonly string[],
): Generator<Doubt> {
  for (const [literal = '', , name = '', named] of text.matchAll(unfinished)) {
    if (name === '' && named !== undefined) continue;
    const meant = aliases.find((alias) => name !== '' && alias.startsWith(name));
    if (name !== '' && meant === undefined) continue;
    const bucket = meant ?? 'NAME';
    yield {
      severity: meant === undefined ? 'warning' : 'error',
      code: 'bucket-in-expression',
      ...place,
      message: `${literal.trim()} does not hold the whole name of a bucket: on AWS it would not get the name of the settings`,
      remedy: `write 's3://' & $buckets.${bucket} & '/…', or the name with its slash: 's3://${bucket}/' & …`,
    };
  }
}
