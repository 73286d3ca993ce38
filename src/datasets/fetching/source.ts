/** Where an archive is fetched from, and how it is known to be the right one. */
import { InputError } from '../../common/errors';
import type { FileSource } from '../../download/source';
import type { Archive } from '../datasetKind';

/**
 * The published archive, or the one that `<variable>_URL` names in the environment: a mirror of it, unless
 * `<variable>_SHA256` says that another file is expected there.
 *
 * @throws InputError where one of the two variables is malformed
 */
export function archiveSource(
  { variable, url: published, sha256: official, bytes }: Archive,
  environment: NodeJS.ProcessEnv = process.env,
): FileSource & { readonly sha256: string } {
  const names = { url: `${variable}_URL`, sha256: `${variable}_SHA256` };
  const address = environment[names.url] ?? published;
  const sha256 = (environment[names.sha256] ?? official).toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw malformed(names.sha256, sha256, '64 hexadecimal digits');
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw malformed(names.url, address, 'an http or https address');
  }
  return {
    url,
    sha256,
    ...(sha256 === official ? { bytes } : {}),
    advice: `Try again, or set ${names.url} to a mirror of the archive.`,
    adviceOnHash: `Use another mirror, or set ${names.sha256} if you trust this file.`,
  };
}

function malformed(name: string, found: string, expected: string): InputError {
  return new InputError(`the environment variable ${name} is malformed`, { found: `"${found}"`, expected });
}
