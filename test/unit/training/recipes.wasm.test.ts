import { startWasm } from '../../../src/engine/wasm/start';
import { describeRecipes } from './recipes.suite';

describeRecipes(startWasm, 1e-5);
