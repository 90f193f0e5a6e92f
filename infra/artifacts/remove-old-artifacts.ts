import {
  DeleteObjectsCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { artifactFolders } from './upload.ts';

/** Artifacts of a deployment that has not reached the stack yet are younger. */
const youngest = 24 * 3_600_000;

/** S3's limit for one call. */
const mostAtOnce = 1_000;

/** S3 answers with success although it refused to remove an object. */
class NotRemoved extends Error {
  override readonly name = 'NotRemoved';
}

const artifact = new RegExp(`(?:${artifactFolders.join('|')})/[0-9a-f]{32}(?=/)`, 'g');

/**
 * Removes definitions, scripts and nested templates that no template names any more. Serverless keeps the templates of the
 * last deployments, for `serverless rollback`.
 *
 * @param folder of the stage in the deployment bucket, with a slash behind it
 * @param now epoch milliseconds
 * @returns how many
 */
export async function removeOldArtifacts(
  config: S3ClientConfig,
  { bucket, folder, now }: { readonly bucket: string; readonly folder: string; readonly now: number },
): Promise<number> {
  const s3 = new S3Client(config);
  const artifacts: { readonly key: string; readonly name: string; readonly at: number }[] = [];
  const templates: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: folder })) {
    for (const { Key: key = '', LastModified } of page.Contents ?? []) {
      const [name] = key.slice(folder.length).match(artifact) ?? [];
      if (name !== undefined) artifacts.push({ key, name, at: LastModified?.getTime() ?? now });
      if (key.endsWith('/compiled-cloudformation-template.json')) templates.push(key);
    }
  }
  const used = new Set<string>();
  const read = async (key: string): Promise<void> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    for (const [name] of (await Body?.transformToString())?.matchAll(artifact) ?? []) used.add(name);
  };
  for (const key of templates) await read(key);
  // without a template it is unknown what is in use
  if (used.size === 0) return 0;
  for (const { key, name } of artifacts) if (name.startsWith('stacks/') && used.has(name)) await read(key);

  const old = artifacts.filter(({ name, at }) => !used.has(name) && at < now - youngest);
  for (let start = 0; start < old.length; start += mostAtOnce) {
    const Objects = old.slice(start, start + mostAtOnce).map(({ key }) => ({ Key: key }));
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    const [refused] = Errors;
    if (refused !== undefined) throw new NotRemoved(`${refused.Key}: ${refused.Message ?? refused.Code}`);
  }
  return old.length;
}
