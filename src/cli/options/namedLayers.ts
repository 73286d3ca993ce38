/** The layers of what a command's argument names. */
import {
  architecture,
  architectureCalled,
  declareArchitecture,
  isProblem,
  resolveLayer,
  type Declaration,
} from '../../architectures';
import { ONNX_FILE, readNetwork } from '../../networks';
import { isStudyArgument, openRun } from '../../runs';
import { readStudies, type ExplainSettings } from '../../study';
import { modelOf } from '../../weights/fromStudy';

export interface NamedLayers extends Pick<Declaration, 'targetLayers' | 'defaultLayer'> {
  /** The architecture, or the file. */
  readonly name: string;
  readonly inputSize: number;
  /** The one that the study explains; undefined of several that are fused, and where there is no study. */
  readonly studyLayer?: string | undefined;
}

/** Of a study file each of its models. @throws InputError where it names nothing, and as reading it does */
export async function namedLayers(argument: string): Promise<NamedLayers[]> {
  if (ONNX_FILE.test(argument)) {
    const { architecture: read, file } = (await readNetwork(argument)).network;
    const { graph } = file;
    return [{ name: argument, inputSize: graph.inputSize, ...declare(read, graph.inputSize, graph.classes) }];
  }
  const called = architectureCalled(argument);
  if (called !== undefined) {
    const { inputSize } = architecture(called);
    return [{ name: called, inputSize, ...declareArchitecture(called, inputSize, 10) }];
  }
  if (!(await isStudyArgument(argument))) {
    const run = await openRun(argument);
    const model = modelOf(run);
    return [{ name: model.architecture, inputSize: model.inputSize, ...ofStudy(model, run.study.explain) }];
  }
  const studies = await readStudies(argument);
  return studies.map(({ study: { model, dataset, explain } }) => {
    const declared = declareArchitecture(model.architecture, model.inputSize, classNamesOf(dataset).length);
    return { name: model.architecture, inputSize: model.inputSize, ...ofStudy(declared, explain) };
  });
}

function ofStudy(declared: Pick<Declaration, 'targetLayers' | 'defaultLayer'>, { layer }: ExplainSettings) {
  const { targetLayers, defaultLayer } = declared;
  const resolved = resolveLayer(declared, layer);
  return { targetLayers, defaultLayer, studyLayer: isProblem(resolved) ? undefined : resolved.name };
}
