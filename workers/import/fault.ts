/** A fault of the input or of the use that ends the import with a sentence for people. */
export class ImportFault extends Error {
  override readonly name = "ImportFault";
  /** 1: the input or the hub is at fault; 2: the command line is */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
