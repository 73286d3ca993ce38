/** Fetching a file of a model from the Hugging Face hub, or a mirror of it, into the hub's cache. */
import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from '../../common/atomic';
import { InputError, isReportedError, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { download } from '../download';
import { sha256Of } from '../hash';
import { pauseBefore } from '../pause';
import { PassingError, refused } from '../problems';
import { ask, type Answer } from '../request';
import { PATIENCE, type FileSource, type Patience, type Watch } from '../source';
import { cachedFile, placeInSnapshot, repositoryFolder, snapshotPath } from './cache';

export interface HubFile {
  /** Such as `timm/resnet18.a1_in1k`. */
  readonly repository: string;
  readonly file: string;
}

/** Whatever is said to be longer is no file of weights. */
const LARGEST_BYTES = 2 ** 30;

/**
 * The file's path in the cache; fetched where it is not there. Nobody is asked when it is.
 *
 * @throws WorkError that says where the file can be put by hand; CancelledError
 */
export async function hubFile(wanted: HubFile, watch: Watch = {}, patience = PATIENCE): Promise<string> {
  const folder = repositoryFolder(wanted.repository);
  const cached = await cachedFile(folder, wanted.file);
  if (cached !== undefined) return cached;
  try {
    return await fetchFile(wanted, folder, watch, patience);
  } catch (error) {
    throw isReportedError(error) ? error : fileError('the hub’s cache cannot be written', folder, error);
  }
}

async function fetchFile(wanted: HubFile, folder: string, watch: Watch, patience = PATIENCE): Promise<string> {
  const source = sourceOf(wanted, folder);
  if (isSet(process.env['HF_HUB_OFFLINE'])) {
    const { href: file } = source.url;
    throw new WorkError('the file is not in the cache, and HF_HUB_OFFLINE forbids to fetch it', { file, ...source });
  }
  const known = await describeFile(source, watch, patience);
  const blobs = join(folder, 'blobs');
  await makeFolder(blobs);
  const blob = join(blobs, known.name);
  const { bytes, sha256 } = known;
  const expected = { ...(bytes === undefined ? {} : { bytes }), ...(sha256 === undefined ? {} : { sha256 }) };
  await download({ ...source, ...expected }, blob, watch, patience);
  const named = known.isNamed ? blob : await nameByContent(blob, blobs);
  return placeInSnapshot(folder, named, known.commit, wanted.file);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && /^(1|on|yes|true)$/i.test(value);
}

/** @throws InputError where HF_ENDPOINT is malformed */
function sourceOf({ repository, file }: HubFile, folder: string): FileSource {
  const endpoint = (process.env['HF_ENDPOINT'] || 'https://huggingface.co').replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]/.test(endpoint) || !URL.canParse(endpoint)) {
    const expected = 'an http or https address';
    throw new InputError('the environment variable HF_ENDPOINT is malformed', { found: `"${endpoint}"`, expected });
  }
  const token = process.env['HF_TOKEN']?.trim();
  return {
    url: new URL(`${endpoint}/${repository}/resolve/main/${file}`),
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
    advice:
      'Try again; or name a mirror of the hub in HF_ENDPOINT, a proxy in HTTPS_PROXY, or an access token in HF_TOKEN; ' +
      `or get ${file} of huggingface.co/${repository} by other means and put it at ` +
      `${snapshotPath(folder, 'main', file)}, or name its path in the study’s model.weights.`,
  };
}

interface KnownFile {
  readonly commit: string;
  /** The blob's. */
  readonly name: string;
  /** Whether the server gave the name; else the content does, once it is there. */
  readonly isNamed: boolean;
  readonly bytes?: number | undefined;
  readonly sha256?: string | undefined;
}

/**
 * What the hub says of a file. Its own redirects are followed; the one to the store, where another host would be told
 * nothing of the commit, is not.
 */
async function describeFile(source: FileSource, watch: Watch, patience = PATIENCE): Promise<KnownFile> {
  const answer = await askForHead(source, watch, patience);
  const etag = (answer.header('x-linked-etag') ?? answer.header('etag') ?? '').replace(/^W\/|"/g, '');
  const commit = answer.header('x-repo-commit') ?? '';
  const isNamed = /^[A-Za-z0-9][\w-]{7,127}$/.test(etag);
  return {
    // A mirror that is a plain file server knows no commits.
    commit: /^[0-9a-f]{40}$/.test(commit) ? commit : createHash('sha1').update(etag).digest('hex'),
    name: isNamed ? etag : 'unnamed',
    isNamed,
    bytes: lengthOf(answer, source),
    sha256: /^[0-9a-f]{64}$/.test(etag) ? etag : undefined,
  };
}

async function askForHead(source: FileSource, watch: Watch, patience: Patience): Promise<Answer> {
  const follow = (from: URL, to: URL): boolean => from.origin === to.origin;
  for (let attempt = 1; ; attempt++) {
    const answer = await ask({ ...source, method: 'HEAD', follow }, patience, watch.signal);
    answer.close();
    // A server that knows no HEAD may know the file.
    if (answer.status < 400 || answer.status === 405) return answer;
    const error = refused(answer.url, answer.status, answer.header('retry-after'), source);
    if (!(error instanceof PassingError) || attempt >= patience.attempts) throw error;
    await pauseBefore(error, attempt, { done: 0 }, watch, patience);
  }
}

function lengthOf({ status, url, header }: Answer, { advice }: FileSource): number | undefined {
  const length = header('x-linked-size') ?? (status === 200 ? header('content-length') : undefined);
  if (length === undefined || !/^\d+$/.test(length)) return undefined;
  if (Number(length) <= LARGEST_BYTES) return Number(length);
  throw new WorkError('too large for weights of any model here', {
    file: url.href,
    found: `${length} bytes`,
    expected: `at most ${LARGEST_BYTES}`,
    advice,
  });
}

async function nameByContent(blob: string, blobs: string): Promise<string> {
  const named = join(blobs, await sha256Of(blob));
  await rename(blob, named);
  return named;
}
