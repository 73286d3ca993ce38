/** Finding the native engine this process would load. Kept apart from loading it, so that asking costs nothing. */
import { WorkError } from '../../common/errors';
import { installedEngines } from '../../setup/native/installed';
import { findDamage, type NativeEngine } from '../../setup/native/manifest';

export const INSTALL_ADVICE = 'Run `npm run setup` to install it';

/**
 * The best installed native engine whose files are all there.
 *
 * @throws WorkError when there is none, naming what is wrong with those that are damaged
 */
export async function findNativeEngine(): Promise<NativeEngine> {
  const damages: string[] = [];
  for (const native of await installedEngines()) {
    const damage = await findDamage(native, 'sizes');
    if (damage === undefined) return native;
    damages.push(damage);
  }
  if (damages.length > 0) {
    throw new WorkError('the native engine is damaged', { found: damages.join('; '), advice: INSTALL_ADVICE });
  }
  throw new WorkError('the native engine (TensorFlow) is not installed on this machine', { advice: INSTALL_ADVICE });
}
