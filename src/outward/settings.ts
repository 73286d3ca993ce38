/** How a run was made, by dotted names, as other tools hold it beside its numbers. */
import { recipeSettings, type Run } from '../runs';

export type SettingsTold = Readonly<Record<string, number | boolean | string>>;

/** What determines the training, the seed too: numbers, truth values and texts as they are, all else as JSON. */
export function settingsTold({ manifest }: Run): SettingsTold {
  const told = Object.entries(recipeSettings(manifest.study)).map(([name, json]) => {
    const value: unknown = JSON.parse(json);
    const isPlain = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
    return [name, isPlain ? value : json] as const;
  });
  return { ...Object.fromEntries(told), 'training.seed': manifest.seed };
}

/** What a run is, as it was written when it began; what is not known is left out. */
export function identityTold({ id, manifest, study }: Run): Record<string, string> {
  const { studyHash, cell, git, engine, versions, dataset } = manifest;
  return {
    run: id,
    createdAt: manifest.createdAt,
    study: study.name,
    studyHash,
    ...(cell === undefined ? {} : { recipe: cell.recipe, cell: studyHash }),
    seed: String(manifest.seed),
    architecture: study.model.architecture,
    dataset: dataset.description,
    engine: `${engine.name} ${engine.version}, ${engine.device}`,
    ...(git === undefined ? {} : { gitCommit: git.commit, gitDirty: String(git.dirty) }),
    ...(versions['epochlens'] === undefined ? {} : { epochlens: versions['epochlens'] }),
  };
}
