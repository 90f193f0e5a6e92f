/**
 * The key pattern of a batch's marker, which is in the objects' folders and binds the same parameters there.
 *
 * @param key the pattern of the objects' keys
 * @param name the marker's last segment, with `*` and `?`
 */
export function markerPattern(key: string, name: string): string {
  const folders = key.slice(0, key.lastIndexOf('/') + 1);
  const last = key.slice(folders.length);
  return `${folders}${last.includes('**') ? '**/' : ''}${name}`;
}
