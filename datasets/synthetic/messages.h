/* Messages of datasets/synthetic: French, English. */
#ifndef SYNTHETIC_MESSAGES_H
#define SYNTHETIC_MESSAGES_H

#define M_SYNTHETIC_TOO_DENSE                                                                      \
    "impossible de placer %zu communes : essayez une autre graine (--seed)",                       \
        "cannot place %zu communes: try another seed (--seed)"
#define M_SYNTHETIC_COUNT                                                                          \
    "nombre de communes %zu hors des limites %d à %d",                                             \
        "number of communes %zu out of range %d to %d"
#define M_SYNTHETIC_PBF                                                                            \
    "%u carrefours : un fichier OSM PBF en contient au plus %u, écrivez un fichier DIMACS",        \
        "%u crossings: an OSM PBF file holds at most %u, write a DIMACS file"
#define M_SYNTHETIC_WRITE "impossible d’écrire %s : %s", "cannot write %s: %s"

#endif
