// Silencing standard error while TensorFlow's libraries are loaded: they print, from their static initialisers and
// whatever TF_CPP_MIN_LOG_LEVEL says, which optional instructions they use. Two functions for Node: mute(), restore().
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

namespace {

int saved = -1;

napi_value Mute(napi_env, napi_callback_info) {
  if (saved >= 0) return nullptr;
  int nowhere = open("/dev/null", O_WRONLY);
  if (nowhere < 0) return nullptr;
  saved = dup(STDERR_FILENO);
  if (saved >= 0) dup2(nowhere, STDERR_FILENO);
  close(nowhere);
  return nullptr;
}

napi_value Restore(napi_env, napi_callback_info) {
  if (saved < 0) return nullptr;
  dup2(saved, STDERR_FILENO);
  close(saved);
  saved = -1;
  return nullptr;
}

napi_value Initialise(napi_env env, napi_value exports) {
  napi_value function;
  napi_create_function(env, "mute", NAPI_AUTO_LENGTH, Mute, nullptr, &function);
  napi_set_named_property(env, exports, "mute", function);
  napi_create_function(env, "restore", NAPI_AUTO_LENGTH, Restore, nullptr, &function);
  napi_set_named_property(env, exports, "restore", function);
  return exports;
}

}  // namespace

NAPI_MODULE(NODE_GYP_MODULE_NAME, Initialise)
