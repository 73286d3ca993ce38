import { readRegularFile } from '../../common/regularFile';

/** The text of the saved study file; undefined where it cannot be read. */
export async function readStudyText(file: string): Promise<string | undefined> {
  return readRegularFile(file).then(
    (bytes) => bytes.toString('utf8'),
    () => undefined,
  );
}
