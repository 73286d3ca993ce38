/** Fetching a file of a model from the Hugging Face hub, or a mirror of it, into the hub's cache. */
import { createHash } from 'node:crypto';
import { fileError } from '../../common/atomic';
import { InputError, isReportedError, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { download } from '../download';
import { NoSuchFileError } from '../problems';
import { PATIENCE, type FileSource, type Timeouts, type Watch } from '../source';
import { blobPath, cachedFile, placeInSnapshot, repositoryFolder, snapshotPath, type CachedFile } from './cache';
import { TRUSTED_SHA256, type HubFile } from './file';

/** Whatever is longer is no file of weights that is read here. */
const LARGEST_BYTES = 2 ** 29;

export interface HubWatch extends Watch, Pick<FileSource, 'check'> {
  /** Told what a person should know. */
  readonly say?: ((text: string) => void) | undefined;
}

/**
 * The file's path in the cache; fetched where it is not there, or no longer what was placed there. Nobody is asked when
 * it is. What others have put in its place is never used, and never removed.
 *
 * @throws WorkError that says what to do, such as where the file can be put by hand; CancelledError
 */
export async function hubFile(wanted: HubFile, watch: HubWatch = {}, timeouts = PATIENCE): Promise<string> {
  const folder = repositoryFolder(wanted.repository);
  const cached = await cachedFile(wanted);
  if (cached.state === 'whole') return cached.path;
  if (cached.state === 'other') throw otherFile(wanted, cached);
  if (cached.state === 'damaged') {
    watch.say?.(`${cached.path} is no longer what was fetched: its SHA-256 has changed. It is fetched again.`);
  }
  try {
    return await fetchFile(wanted, folder, watch, timeouts);
  } catch (error) {
    throw isReportedError(error) ? error : fileError('the hub’s cache cannot be written', folder, error);
  }
}

async function fetchFile(wanted: HubFile, folder: string, watch: HubWatch, timeouts: Timeouts): Promise<string> {
  const { repository, file, revision, sha256 } = wanted;
  const source = { ...sourceOf(wanted, folder), ...(watch.check === undefined ? {} : { check: watch.check }) };
  if (isSet(process.env['HF_HUB_OFFLINE'])) {
    const { href } = source.url;
    const { advice } = source;
    throw new WorkError('the file is not in the cache, and HF_HUB_OFFLINE forbids to fetch it', { file: href, advice });
  }
  const blob = blobPath(folder, sha256);
  await makeFolder(blobPath(folder, ''));
  try {
    await download(source, blob, watch, timeouts);
  } catch (error) {
    // A mirror that is a plain file server knows no commits, and a repository's history may be rewritten.
    if (!(error instanceof NoSuchFileError) || revision === undefined) throw error;
    await download({ ...source, url: addressOf(repository, 'main', file) }, blob, watch, timeouts);
  }
  // Of a file that is not the published one no commit is known, and it must never become the newest for others.
  const commit = revision ?? createHash('sha1').update(sha256).digest('hex');
  return placeInSnapshot(folder, blob, commit, file, revision !== undefined);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && /^(1|on|yes|true)$/i.test(value);
}

/** @throws InputError where HF_ENDPOINT is malformed */
function sourceOf({ repository, file, revision, bytes, sha256 }: HubFile, folder: string): FileSource {
  const token = process.env['HF_TOKEN']?.trim();
  const other = `name its path in the study’s model.weights`;
  return {
    url: addressOf(repository, revision ?? 'main', file),
    sha256,
    mostBytes: LARGEST_BYTES,
    ...(bytes === undefined ? {} : { bytes }),
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
    advice:
      'Try again; or name a mirror of the hub in HF_ENDPOINT, a proxy in HTTPS_PROXY, or an access token in HF_TOKEN; ' +
      `or get ${file} of huggingface.co/${repository}${revision === undefined ? '' : `, revision ${revision},`} by ` +
      `other means and put it at ${snapshotPath(folder, 'main', file)}, or ${other}.`,
    adviceOnHash:
      `Use another mirror in HF_ENDPOINT; or, if you trust that file, get it by other means and ${other}, or set ` +
      `${TRUSTED_SHA256} to its SHA-256.`,
  };
}

function addressOf(repository: string, revision: string, file: string): URL {
  const endpoint = (process.env['HF_ENDPOINT'] || 'https://huggingface.co').replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]/.test(endpoint) || !URL.canParse(endpoint)) {
    const expected = 'an http or https address';
    throw new InputError('the environment variable HF_ENDPOINT is malformed', { found: `"${endpoint}"`, expected });
  }
  return new URL(`${endpoint}/${repository}/resolve/${revision}/${file}`);
}

function otherFile({ bytes, sha256 }: HubFile, { path, found }: CachedFile & { state: 'other' }): WorkError {
  return new WorkError('the file in the hub’s cache is not the published one', {
    file: path,
    found,
    expected: bytes === undefined ? sha256 : `${bytes} bytes, SHA-256 ${sha256}`,
    advice:
      'Remove it, and the published one is fetched; or, if you mean this one, name its path in the study’s ' +
      `model.weights, or set ${TRUSTED_SHA256} to its SHA-256.`,
  });
}
