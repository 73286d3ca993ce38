"""The networks that EpochLens trains, made by the lines of Python that it prints where it exports one."""
from pathlib import Path


def create(folder, architecture):
    """By FOLDER/ARCHITECTURE.py, which ../timm/network.ts writes."""
    scope = {}
    exec(Path(folder, f"{architecture}.py").read_text(), scope)
    return scope["model"]
