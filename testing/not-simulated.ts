/** The pipeline file has errors, the run was refused, or an option names something unknown. The message lists everything. */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';
}
