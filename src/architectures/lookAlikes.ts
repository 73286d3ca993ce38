/** Networks whose tensors have the names and shapes of one of ours, and that compute something else. */
import type { ArchitectureName } from './names';

const LOOK_ALIKES: Partial<Record<ArchitectureName, string>> = {
  resnet18_cifar: 'a ResNet-18 with a max pool behind its first convolution, such as PyTorch_CIFAR10’s',
  resnet18: 'resnetblur18, which blurs before it halves',
  efficientnet_b0: 'tf_efficientnet_b0, which pads as TensorFlow does',
};

/** "the names and shapes of resnet18_cifar are also those of a ResNet-18 with …"; undefined where none is known. */
export function lookAlikeText(architecture: ArchitectureName): string | undefined {
  const other = LOOK_ALIKES[architecture];
  return other && `the names and shapes of ${architecture} are also those of ${other}`;
}
