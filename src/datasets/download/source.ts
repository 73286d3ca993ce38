/** Where CIFAR-10 is fetched from, and how it is known to be the right archive. */
import { InputError } from '../../common/errors';
import type { FileSource } from '../../download/source';

/** The publisher's archive (Krizhevsky 2009). */
const OFFICIAL = {
  url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
  sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
  bytes: 170_052_171,
};

const ADVICE = {
  advice: 'Try again, or set EPOCHLENS_CIFAR10_URL to a mirror of the archive.',
  adviceOnHash: 'Use another mirror, or set EPOCHLENS_CIFAR10_SHA256 if you trust this file.',
};

/**
 * The official archive, or the one that EPOCHLENS_CIFAR10_URL names: a mirror of it, unless EPOCHLENS_CIFAR10_SHA256
 * says that another file is expected there.
 *
 * @throws InputError where one of the two variables is malformed
 */
export function cifar10Source(environment: NodeJS.ProcessEnv = process.env): FileSource & { readonly sha256: string } {
  const address = environment['EPOCHLENS_CIFAR10_URL'] ?? OFFICIAL.url;
  const sha256 = (environment['EPOCHLENS_CIFAR10_SHA256'] ?? OFFICIAL.sha256).toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw malformed('EPOCHLENS_CIFAR10_SHA256', sha256, '64 hexadecimal digits');
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw malformed('EPOCHLENS_CIFAR10_URL', address, 'an http or https address');
  }
  return sha256 === OFFICIAL.sha256 ? { url, sha256, bytes: OFFICIAL.bytes, ...ADVICE } : { url, sha256, ...ADVICE };
}

function malformed(name: string, found: string, expected: string): InputError {
  return new InputError(`the environment variable ${name} is malformed`, { found: `"${found}"`, expected });
}
