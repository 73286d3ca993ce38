/** `sweep --on kubernetes`: prints the manifest that hands the cells over, and writes the job.json that its pods read. */
import { randomBytes } from 'node:crypto';
import { dirname, isAbsolute } from 'node:path';
import { JOB_FORMAT, jobFolder, jobPaths, writeJob, type JobFile } from '../../cluster';
import { kubernetesName, manifestOf } from '../../cluster/kubernetes/manifest';
import { counted } from '../../common/counted';
import { InputError } from '../../common/errors';
import { locatedCell, studyNameOf } from '../../study';
import type { Output } from '../printing/output';
import { bytesOfTraining } from '../sweep/jobs';
import { haveDownloads } from './downloads';
import { environmentOfPods, placesReadBy, refuseOutside } from './onClaim';
import { USUAL_REQUEUES, type ClusterOptions } from './options';
import type { SweepToSubmit } from './submitSweep';

/** More than it is thought to take: what takes more is killed. */
const SPARE = 1.25;

/** @throws InputError where an option is missing or plays no part, or what cells read is not on the claim */
export async function printManifest(asked: SweepToSubmit, output: Output): Promise<void> {
  const { inFile, state, planned, engine, options } = asked;
  const { path: studyFile, folder: studyFolder } = inFile.studies[0];
  const { image, ...volume } = required(options, dirname(studyFile));
  refuseOutside(volume.mount, [{ path: studyFile }, { path: state.folder }]);
  const cells = planned.filter((each) => each.state !== 'training' && each.state !== 'testing').map(({ cell }) => cell);
  if (cells.length === 0) {
    output.log('Nothing to hand over: every cell is done, failed, or somebody works on it.');
    return;
  }
  const studies = cells.map((cell) => locatedCell(inFile, cell));
  refuseOutside(volume.mount, placesReadBy(studies));
  if (options.dryRun !== true) await haveDownloads(studies, options.download ?? false, output);
  const bytes = await Promise.all(cells.map((cell) => bytesOfTraining(cell, studyFolder, engine)));
  const most = Math.max(0, ...bytes.filter((each) => each !== undefined));
  const name = kubernetesName(studyNameOf(studyFile), randomBytes(3).toString('hex'));
  const folder = jobFolder(state.folder, name);
  const job: JobFile = {
    ...{ format: JOB_FORMAT, name, scheduler: 'kubernetes', host: null, id: null, kind: 'cells', studyFile, engine },
    tasks: cells.map(({ id }) => id),
    requeues: options.requeues ?? USUAL_REQUEUES,
    memoryBytes: memoryOfTask(options.memory, most),
    time: null,
    submittedAt: new Date().toISOString(),
  };
  const environment = environmentOfPods(volume.mount, studies);
  const { limit, cpus } = options;
  const manifest = manifestOf(job, folder, { image, ...volume, environment, limit, cpus });
  if (options.dryRun !== true) await writeJob(folder, job);
  output.line(JSON.stringify(manifest, null, 2));
  const what = `${counted(cells.length, 'cell')} as Job ${name}`;
  if (options.dryRun === true) output.log(`Nothing is written. It would be ${what}.`);
  else output.log(`${what}, by:  kubectl apply -f FILE. Its pods read ${jobPaths(folder).job}`);
  output.document({ event: 'manifest', manifest, ...(options.dryRun !== true && { folder }) });
}

/** @param estimated in bytes; 0: nobody can say */
function memoryOfTask(asked: ClusterOptions['memory'], estimated: number): number | null {
  if (asked === undefined) return estimated === 0 ? null : estimated * SPARE;
  return asked === 'none' ? null : asked;
}

/** @param here the study file's folder, which the volume's root is unless the person says otherwise */
function required({ image, claim }: ClusterOptions, here: string): { image: string; claim: string; mount: string } {
  const missing = image === undefined ? '--image' : '--claim';
  if (image === undefined || claim === undefined)
    throw new InputError('pods need an image, and a volume for what they keep', {
      place: missing,
      found: 'none',
      expected:
        missing === '--image'
          ? 'an image with epochlens on its path'
          : 'a claim, or CLAIM:PATH where it is not mounted at the study’s folder',
    });
  const [name = '', ...path] = claim.split(':');
  const mount = path.length === 0 ? here : path.join(':');
  if (isAbsolute(mount) && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) return { image, claim: name, mount };
  throw new InputError('not a claim', {
    place: '--claim',
    found: JSON.stringify(claim),
    expected: 'its name, or NAME:PATH with the absolute path of its root here',
  });
}
