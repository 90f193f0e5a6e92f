/** `States.ItemReaderFailed`. The message is AWS's cause where recordings show it. */
export class ItemReaderFailed extends Error {
  override readonly name = 'ItemReaderFailed';
}
