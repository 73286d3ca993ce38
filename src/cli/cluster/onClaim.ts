/** What pods see of this machine's files: what is on the claim, whose root lies at its mount here and there. */
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { InputError } from '../../common/errors';
import { folderOf } from '../../datasets';
import { hubCache } from '../../download/hub/cache';
import { imagenetWeights, type LocatedStudy } from '../../study';
import { loggingPassedOn, placesPassedOn } from './passedOn';

export interface Place {
  /** Absolute. */
  readonly path: string;
  /** What a person can do where it is not on the claim, but for naming another folder as its root. */
  readonly advice?: string;
}

/** What trainings of these studies read, beside the studies' folders themselves. */
export function placesReadBy(studies: readonly LocatedStudy[]): Place[] {
  return studies.flatMap(({ study: { dataset, model }, folder }) => {
    const data = folderOf(dataset, folder);
    return [
      ...(data === undefined
        ? []
        : [{ path: data, advice: 'Put the images there, named by dataset.folder or EPOCHLENS_DATA.' }]),
      ...(readsHub({ model })
        ? [
            {
              path: resolve(hubCache()),
              advice: 'Let the hub’s cache be there, by HF_HOME, and fetch the weights anew.',
            },
          ]
        : []),
      ...(model.weights === 'random' || model.weights === 'imagenet'
        ? []
        : [{ path: resolve(folder, model.weights), advice: 'Put the weights there, named by model.weights.' }]),
    ];
  });
}

/** @throws InputError that names the first that pods would not see */
export function refuseOutside(mount: string, places: readonly Place[]): void {
  const outside = places.find(({ path }) => !isOnClaim(mount, path));
  if (outside === undefined) return;
  const { path, advice } = outside;
  throw new InputError('pods would not see this: it is not on the claim', {
    file: path,
    expected: `a file below ${mount}`,
    advice: `${advice === undefined ? 'Name' : `${advice} Or name`} the folder that the claim’s root is here by --claim NAME:PATH.`,
  });
}

/**
 * The variables that pods are to have: what is set here and is no path that only this machine has. A pod's home is another,
 * so that the hub's cache is named where it is read.
 */
export function environmentOfPods(mount: string, studies: readonly LocatedStudy[]): Readonly<Record<string, string>> {
  const own = Object.entries(placesPassedOn()).flatMap(([name, value]): [string, string][] => {
    if (value === 'off') return [[name, value]];
    const path = resolve(value);
    return isOnClaim(mount, path) ? [[name, path]] : [];
  });
  const hub = studies.some(({ study }) => readsHub(study)) ? { HF_HUB_CACHE: resolve(hubCache()) } : {};
  return { ...Object.fromEntries(own), ...hub, ...loggingPassedOn() };
}

function readsHub({ model }: Pick<LocatedStudy['study'], 'model'>): boolean {
  return model.weights === 'imagenet' && imagenetWeights(model.architecture) !== undefined;
}

/** By its own path, and also by where that leads. */
function isOnClaim(mount: string, path: string): boolean {
  return isBelow(mount, path) && isBelow(real(mount), real(path));
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}

/** Of what is not there the path as it is. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
