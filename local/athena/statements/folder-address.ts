import { parsePath, type S3Path } from '../../crawls/s3-path.ts';

/** The address of a folder, whose key ends in `/`. @returns undefined for what is no address in S3 */
export function folderAddress(text: string): S3Path | undefined {
  return parsePath(text.endsWith('/') ? text : `${text}/`);
}
