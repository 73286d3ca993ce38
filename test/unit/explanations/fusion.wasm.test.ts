import { startWasm } from '../../../src/engine/wasm/start';
import { describeFusion } from './fusion.suite';

describeFusion(startWasm);
