import { readRegularFile } from '../../common/regularFile';

/** A study file's text as it is on the disk; undefined where it cannot be read. */
export async function readStudyText(file: string): Promise<string | undefined> {
  return readRegularFile(file).then(
    (bytes) => bytes.toString('utf8'),
    () => undefined,
  );
}
