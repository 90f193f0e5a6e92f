import { parsePath, type S3Path } from '../../crawls/s3-path.ts';

/** The address of a folder, whose key ends in `/`. @returns undefined if the text is not an S3 address */
export function folderAddress(text: string): S3Path | undefined {
  return parsePath(text.endsWith('/') ? text : `${text}/`);
}
