/** The pipeline file has errors, the run was refused, or what was said is of nothing that there is; the message names it all. */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';
}
