/** A file on the Hugging Face hub, pinned: which bytes it must be is known before anybody is asked for it. */
import { InputError } from '../../common/errors';

export interface HubFile {
  /** Such as `timm/resnet18.a1_in1k`. */
  readonly repository: string;
  readonly file: string;
  /** The commit that has it, 40 hexadecimal digits; undefined where any that has these bytes will do. */
  readonly revision?: string;
  /** Its size, where it is known. */
  readonly bytes?: number;
  /** SHA-256, hexadecimal, lower case. */
  readonly sha256: string;
}

/** Names another file of ImageNet weights by its SHA-256: one that a person trusts in the published one's place. */
export const TRUSTED_SHA256 = 'EPOCHLENS_IMAGENET_SHA256';

type Environment = Readonly<Record<string, string | undefined>>;

/** The published file, unless {@link TRUSTED_SHA256} names another. @throws InputError where that is malformed */
export function trustedFile(published: HubFile, environment: Environment = process.env): HubFile {
  const sha256 = environment[TRUSTED_SHA256]?.trim().toLowerCase() ?? '';
  if (sha256 === '' || sha256 === published.sha256) return published;
  if (/^[0-9a-f]{64}$/.test(sha256)) return { repository: published.repository, file: published.file, sha256 };
  throw new InputError(`the environment variable ${TRUSTED_SHA256} is malformed`, {
    found: `"${sha256}"`,
    expected: '64 hexadecimal digits',
  });
}
