import { ServiceError } from '../service/service-error.ts';

/** S3's rule for bucket names, without the rarer exceptions. */
export function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..');
}

/**
 * Whether an object with this key can be a file below the bucket's folder. S3 accepts any key. Here a key is a path, so
 * that people can look at objects and drop files.
 */
export function isPathKey(key: string): boolean {
  const fits = (part: string) =>
    part !== '' && part !== '.' && part !== '..' && !part.includes('\0') && Buffer.byteLength(part) <= 255;
  return Buffer.byteLength(key) <= 1_024 && partsOf(key).every(fits);
}

/**
 * The folders and the file name of an object.
 *
 * @throws {ServiceError} InvalidArgument if the key is not a path below the bucket's folder
 */
export function pathOfKey(key: string): readonly string[] {
  if (isPathKey(key)) return partsOf(key);
  throw new ServiceError(
    'InvalidArgument',
    `The key ${JSON.stringify(key)} cannot be kept as a file: a part between slashes must not be empty, . or .., or longer than 255 bytes, and the key must not be longer than 1,024`,
  );
}

/** A key that ends with a slash is a folder. */
function partsOf(key: string): readonly string[] {
  return key.replace(/\/$/, '').split('/');
}
