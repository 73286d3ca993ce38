/** Thrown where a node cannot be read; whoever knows the file and the node makes an InputError of it. */
export class Refused extends Error {
  constructor(
    readonly found: string,
    readonly expected?: string,
    readonly summary = 'an ONNX node that cannot be read',
  ) {
    super(found);
  }
}
