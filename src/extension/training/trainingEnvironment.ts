import { isBoolean, readSetting } from '../settings';
import { SETTINGS } from '../ids';
import { networkEnvironment } from './networkEnvironment';

/** Environment variables for a process that trains: what the settings say of downloads and of logging. */
export function trainingEnvironment(): NodeJS.ProcessEnv {
  const isLogged = readSetting(SETTINGS.tensorboard, isBoolean);
  return { ...networkEnvironment(), ...(isLogged ? { EPOCHLENS_TENSORBOARD: '1' } : {}) };
}
