"""Programme packs: `templates/<programme>/` → `model.programme.Programme`, strictly, with every error located."""

from formflow.packs.load import load_pack, load_packs

__all__ = ["load_pack", "load_packs"]
