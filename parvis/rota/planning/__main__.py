"""``python -m parvis.rota.planning`` answers one job; messages name the module beside this one, never “__main__”."""

from parvis.rota.planning.process import main

main()
