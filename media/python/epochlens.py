"""Watch a PyTorch training in EpochLens: each epoch's weights and numbers go into a run folder that VS Code shows as it grows.
    with EpochLens("my-study", model, images, classes=names, normalize=(mean, std), labels=labels) as lens:
        for epoch in range(epochs):
            ...  # trains
            lens.epoch(train_loss=loss, test_accuracy=accuracy)
"""
import atexit, contextlib, copy, ctypes, datetime, hashlib, inspect, json, math, os, pathlib, re, secrets, socket, struct, sys, threading, time, torch, warnings
def _json(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)  # what sums are of
def _raw(content): return content if isinstance(content, bytes) else content.encode()
def _sha256(content): return hashlib.sha256(_raw(content)).hexdigest()
def _now(): return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
def _need(holds, text):
    if not holds: raise ValueError(f"EpochLens: {text}")
def _number(each): return int(each) if (each := round(float(each), 8)).is_integer() or abs(each) < 1e-4 else each  # as JavaScript writes it
def _bytes(tensor):
    tensor = tensor.detach().cpu().contiguous()
    return ctypes.string_at(tensor.data_ptr(), tensor.numel() * tensor.element_size()) if tensor.numel() else b""
def _npy(tensor):
    header = str({"descr": {1: "|u1", 4: "<f4", 8: "<i8"}[tensor.element_size()], "fortran_order": False, "shape": tuple(tensor.shape)}).ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + _bytes(tensor)
def _safetensors(state, facts):
    header, parts, at = {"__metadata__": facts}, [], 0
    for name, each in state.items():
        if not torch.is_tensor(each): continue
        kind, each = ("F32", each.float()) if each.is_floating_point() else ("I64", each.long())
        parts.append(_bytes(each))
        header[name] = {"dtype": kind, "shape": list(each.shape), "data_offsets": [at, at := at + len(parts[-1])]}
    text = json.dumps(header).encode()
    return b"".join([struct.pack("<Q", len(text)), text, *parts])
def _put(path, content, mode="wb"):
    with open(path, mode) as file:
        os.fsync(file.write(_raw(content)) and file.flush() or file.fileno())
def _write(path, content):  # whole or not at all: who reads it sees what was there, or this
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(temporary := path.parent / f".{path.name}.{secrets.token_hex(6)}.tmp", content)
    os.replace(temporary, path)
def _process():  # with its start, which tells it from a later one of the same id
    who = {"pid": os.getpid(), "host": socket.gethostname()}
    with contextlib.suppress(OSError):
        boot, space = pathlib.Path("/proc/sys/kernel/random/boot_id").read_text().strip(), re.sub(r"\D", "", os.readlink("/proc/self/ns/pid"))
        who["processStart"] = f"linux {boot} {space} {pathlib.Path('/proc/self/stat').read_text().rpartition(')')[2].split()[19]}"
    return who
def _export(net, x):  # weights under the names of the state dict, batch norm unfolded, any number of images
    many, free = inspect.getfullargspec(net.forward).varargs, {0: torch.export.Dim.DYNAMIC}  # forward(*inputs) or forward(input)
    try: return torch.onnx.export(net, (x,), dynamo=True, dynamic_shapes=((free,) if many else free,), optimize=False, verbose=False).model_proto
    except ImportError as error: raise RuntimeError("EpochLens: PyTorch's exporter needs more: pip install onnx onnxscript") from error
    except Exception as error: raise RuntimeError(
        "EpochLens: PyTorch cannot export this network as ONNX. Where forward() decides by values of its input (an if or a loop over a tensor), write "
        f"that with torch.where, or give the part that classifies. PyTorch says: {' '.join(str(error.__cause__ or error).split())[:300]}") from error
class EpochLens(contextlib.AbstractContextManager):
    """name: the study's. model: gives logits. example: images [n, 3, size, size] as the network gets them, of which heatmaps are.
    classes: names in the order of the logits. normalize: (mean, std) of red, green and blue in [0, 1]. labels: the example's.
    data: a folder with a folder of images for each class, by its name, for heatmaps of these. folder: the study's. epochs: how many are planned."""
    _live = {}
    def __init__(self, name, model, example, classes, normalize, labels=None, data=None, folder=None, epochs=None):
        spread = torch.distributed.is_available() and torch.distributed.is_initialized()
        self._ended = self._silent = (torch.distributed.get_rank() if spread else int(os.environ.get("RANK") or 0)) != 0
        if self._silent: return  # one of several processes writes
        while hasattr(model, "_orig_mod") or isinstance(model, (torch.nn.DataParallel, torch.nn.parallel.DistributedDataParallel)):
            model = model._orig_mod if hasattr(model, "_orig_mod") else model.module
        classes, root, (mean, std) = [*map(str, classes)], pathlib.Path(folder or ".").resolve(), ([*map(_number, part)] for part in normalize)
        labels = None if labels is None else torch.as_tensor(labels).long().reshape(-1).cpu()
        count, *_, size = [*getattr(example, "shape", ()), 0, 0][:4]
        _need(re.fullmatch(r"(?!(?i:con|prn|aux|nul|com\d|lpt\d)(\.|$))[\w.-]{0,99}[\w-]", name), f"name is {name!r}, of no file: letters, digits, . _ -")
        _need([*map(int, re.findall(r"\d+", torch.__version__)[:2])] >= [2, 6], f"PyTorch {torch.__version__} has no exporter of 2.6 or later")
        _need(torch.is_tensor(example) and example.shape == (count or 1, 3, size, size) and 32 <= size <= 512 and example.is_floating_point(),
              f"example is {[*getattr(example, 'shape', ())]} of {getattr(example, 'dtype', type(example))} in place of images "
              "[n, 3, size, size] as the network gets them: normalised numbers, square, of 32 to 512 pixels")
        _need(len(mean) == len(std) == 3 and min(std) > 1e-3, "normalize is (mean, std), each of red, green and blue, of pixels in [0, 1]")
        _need(len({*classes}) == len(classes) > 1, "classes are two names or more, each once")
        _need(os.path.isdir(data) if data else labels is not None and len(labels) == count and 0 <= labels.min() and labels.max() < len(classes),
              f"labels are {count} numbers of 0 to {len(classes) - 1}, one for each image of the example (or data: a folder of images)")
        mean4, std4 = (torch.tensor(part, dtype=torch.float32).reshape(1, 3, 1, 1) for part in (mean, std))
        shown = (example.detach().float().cpu() * std4 + mean4).mul(255).round()
        low, high, shown = shown.min() / 255, shown.max() / 255, shown.clamp(0, 255)
        _need(-0.03 < low and high < 1.03, f"example × std + mean is {low:.2f} to {high:.2f}, not 0 to 1: was it normalised by these?")
        with torch.random.fork_rng(range(torch.cuda.device_count())), torch.no_grad():  # of a copy: the training goes on as without
            net = copy.deepcopy(model).cpu().float().eval()
            try: logits = net(inputs := (shown / 255 - mean4) / std4)
            except RuntimeError as error: raise ValueError(f"EpochLens: the network does not take the example: {error}") from error
            _need(getattr(logits, "shape", 0) == (count, len(classes)), f"the network gives {[*getattr(logits, 'shape', [type(logits).__name__])]} "
                  f"in place of logits {[count, len(classes)]}: classes has {len(classes)} names")
            onnx = _export(net, torch.cat([inputs, inputs])[:2])
        for node in onnx.graph.node:  # without places in a person's code
            for at, each in reversed([*enumerate(node.metadata_props)]): node.metadata_props.pop(at) if "stack_trace" in each.key else None
        whole, state = onnx.SerializeToString(), model.state_dict()
        for each in onnx.graph.initializer: each.ClearField("raw_data") if each.name in state else None  # a run keeps the graph alone
        if name in self._live: self._live[name].finish(KeyboardInterrupt())
        self._live[name], self._lock, self._process, self._model, self._done = self, threading.Lock(), _process(), model, 0
        self._epochs, self._last, self._begun = epochs, time.monotonic(), _now()
        self._facts = {"inputSize": str(size), "mean": ",".join(map(str, mean)), "std": ",".join(map(str, std))}
        self.run = root / ".epochlens/runs" / name / f"{datetime.datetime.now(datetime.timezone.utc):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        dataset, files = {"classNames": classes, **({"kind": "folder", "folder": str(pathlib.Path(data).resolve())} if data else {"kind": "arrays"})}, []
        for part, tensor in () if data else (("images", shown.to(torch.uint8).permute(0, 2, 3, 1)), ("labels", labels)):
            path, content, row = root / f"{name}.{part}.npy", _npy(tensor), _json([str(tensor.dtype)[6:], *tensor.shape[1:]])
            if path.exists() and path.read_bytes() != content: path = self.run / f"{part}.npy"  # another run's stay as they are
            _write(path, content)
            dataset[part] = path.relative_to(root).as_posix()
            files.append({"name": dataset[part], "records": count, "sha256": _sha256(row.encode() + _bytes(tensor))})
        study = {"dataset": dataset, "model": {"weights": f"{name}.onnx", "inputSize": size, "normalization": {"mean": mean, "std": std}},
                 "explain": {"images": {"random": 8} if data else {"test": [*range(min(8, count))]}}, "training": {"epochs": epochs or 20},
                 "perturbations": [{"kind": kind} for kind in ("gaussianNoise", "rotation", "occlusion")]}
        manifest = {"format": 1, "createdAt": self._begun, "studyFile": f"../../../../{name}.epochlens.json", "study": {"name": name, **study},
                    "seed": torch.initial_seed() % 2**32, "watched": {"by": "pytorch"}, "versions": {"torch": torch.__version__}, "engine": {
                        "name": "pytorch", "version": torch.__version__, "device": str(next((each.device for each in model.parameters()), "cpu"))},
                    "dataset": {"kind": dataset["kind"], "classNames": classes, "description": str(data or f"{count} example images"),
                                "files": files, "fingerprint": _sha256("".join(each["sha256"] for each in files)) if files else ""}}
        _write(self.run / "lock-1", _json({"token": secrets.token_hex(16), **self._process, "since": self._begun, "purpose": "training"}))
        self._vouch({"since": 0}, {"file": "network.onnx", "sha256": _sha256(graph := onnx.SerializeToString())})
        for path, content in ((self.run / "network.onnx", graph), (self.run / "network.logits.npy", _npy(logits)), (root / f"{name}.onnx", whole),
                              (self.run / "run.json", json.dumps({**manifest, "sum": _sha256(_json(manifest))}, indent=2)),
                              (root / ".epochlens/.gitignore", "*\n"), (root / f"{name}.epochlens.json", json.dumps(study, indent=2))):
            if not path.exists(): _write(path, content)
        self._keep(*[None] * 5)
        atexit.register(lambda: self.finish(getattr(sys, "last_value", None)))
        threading.Thread(target=self._beat, daemon=True).start()
    def epoch(self, *, train_loss=None, train_accuracy=None, test_loss=None, test_accuracy=None, learning_rate=None):
        """Keeps the weights after one more epoch. Losses are mean cross-entropies, accuracies in per cent."""
        if self._silent: return
        numbers = [getattr(each, "item", lambda: each)() for each in (train_loss, train_accuracy, test_loss, test_accuracy, learning_rate)]
        _need(not self._ended, "this training was said to have ended")
        _need(all(0 <= (each or 0) <= 100 for each in (numbers[1], numbers[3])), "accuracies are in per cent, of 0 to 100")
        self._done += 1
        try: self._keep(*numbers)
        except OSError as error: warnings.warn(f"EpochLens could not keep epoch {self._done}: {error}")  # the training goes on
    def finish(self, error=None):
        if self._ended or os.getpid() != self._process["pid"]: return
        self._ended, state = True, "finished" if error is None else "cancelled" if isinstance(error, KeyboardInterrupt) else "failed"
        self._status(state, **({"error": f"{type(error).__name__}: {error}"} if state == "failed" else {}))
        (self.run / "lock-1").unlink(missing_ok=True)
    def __exit__(self, kind, error, trace): self.finish(error)
    def _keep(self, *numbers):
        names = ("trainLoss", "trainAccuracy", "testLoss", "testAccuracy", "learningRate", "seconds", "imagesPerSecond", "epoch")
        values = (float(each) if each is not None and math.isfinite(each) else None for each in numbers)
        line = json.dumps(dict(zip(names, [*values, time.monotonic() - self._last, None, self._done])))
        file, content = f"checkpoints/epoch-{self._done:03}.safetensors", _safetensors(self._model.state_dict(), {"epoch": str(self._done), **self._facts})
        self._vouch({"file": file, "sha256": _sha256(content)}, {"file": "metrics.jsonl", "epoch": self._done, "sha256": _sha256(line), "line": line})
        _write(self.run / file, content)
        _put(self.run / "metrics.jsonl", f"{line}\n", "ab")
        self._last = self._status() or time.monotonic()
    def _vouch(self, *rows): _put(self.run / "sums.jsonl", "".join(json.dumps({**row, "sum": _sha256(_json(row))[:16]}) + "\n" for row in rows), "ab")
    def _status(self, state="training", **more):
        status = {"state": state, **self._process, "startedAt": self._begun, "heartbeat": _now(), "epoch": self._done, "epochs": self._epochs,
                  "step": 0, "stepsPerEpoch": 0, "imagesPerSecond": None, "secondsLeft": None, **more}
        with self._lock:  # so that what beats does not say that an ended training goes on
            if state != "training" or not self._ended: _write(self.run / "status.json", json.dumps(status, indent=2))
    def _beat(self):
        while not self._ended:
            with contextlib.suppress(OSError): self._status(time.sleep(20) or "training")
