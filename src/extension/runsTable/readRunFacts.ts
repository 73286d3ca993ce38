import type { RunFacts } from '../../comparison/facts';

/** The settings with which a run was trained. */
export async function readRunFacts(folder: string): Promise<RunFacts> {
  const [{ openRun }, { settingsOf }] = await Promise.all([import('../../runs'), import('../../study')]);
  const { study, manifest } = await openRun(folder);
  const settings = Object.fromEntries(Object.entries(settingsOf(study)).map(([name, value]) => [name, String(value)]));
  return {
    run: folder,
    id: '',
    name: '',
    note: '',
    pinned: false,
    studyName: '',
    studyFile: '',
    recipe: null,
    seed: study.training.seed,
    createdAt: '',
    state: '',
    engine: manifest.engine.name,
    settings,
    values: {},
    series: {},
  };
}
