/* base/messages.h: the texts of this room, French then English. */
#ifndef BASE_MESSAGES_H
#define BASE_MESSAGES_H

#define M_BASE_MEMORY                                                                                \
    "mémoire insuffisante : %zu octets demandés ; fermez d’autres programmes ou réduisez le " \
    "territoire",                                                                                    \
        "out of memory: %zu bytes wanted; close other programs or reduce the territory"
#define M_BASE_FAULTS_LOST                                                                         \
    "mémoire insuffisante : la liste des fautes est incomplète",                                   \
        "out of memory: the list of faults is incomplete"
#define M_BASE_SHARED                                                                              \
    "mémoire partagée refusée par le système (%s, %zu octets) : %s%.0s",                           \
        "shared memory refused by the system (%s, %zu bytes): %.0s%s"
#define M_BASE_SHARED_FOREIGN                                                                      \
    "descripteur reçu sans verrou de taille : il ne vient pas de bassin",                          \
        "received descriptor is not sealed: it does not come from bassin"
#define M_BASE_PACK_DAMAGED "message interne endommagé ou coupé", "damaged or cut internal message"
#define M_BASE_INTERN_FULL                                                                         \
    "plus de %u textes distincts dans une colonne : limite atteinte",                              \
        "more than %u distinct texts in a column: limit reached"
#define M_BASE_CANCELLED                                                                           \
    "interrompu à la demande ; relancez avec --resume pour continuer",                             \
        "interrupted on request; run again with --resume to go on"

#define M_BASE_STOPPED "interrompu à la demande", "interrupted on request"

#define M_BASE_FILE_OPEN "« %s » ne s’ouvre pas : %s%.0s", "cannot open '%s': %.0s%s"
#define M_BASE_FILE_REMOTE                                                                         \
    "« %s » n’est pas un fichier local ; téléchargez-le d’abord (bassin fetch)",                   \
        "'%s' is not a local file; download it first (bassin fetch)"
#define M_BASE_FILE_REGULAR                                                                        \
    "« %s » n’est pas un fichier ordinaire (dossier, tube ou périphérique)",                       \
        "'%s' is not a regular file (folder, pipe or device)"
#define M_BASE_FILE_READ "« %s » ne se lit pas : %s%.0s", "cannot read '%s': %.0s%s"
#define M_BASE_FILE_WRITE "« %s » ne s’écrit pas : %s%.0s", "cannot write '%s': %.0s%s"
#define M_BASE_FILE_SYNC                                                                           \
    "« %s » n’a pas pu être mis en sûreté sur le disque : %s%.0s ; l’ancien résultat est intact",  \
        "'%s' could not be made safe on the disk: %.0s%s; the earlier result is intact"
#define M_BASE_FOLDER_MAKE                                                                         \
    "le dossier « %s » ne se crée pas : %s%.0s", "cannot make the folder '%s': %.0s%s"
#define M_BASE_FOLDER_REMOVE                                                                       \
    "le dossier « %s » ne se supprime pas : %s%.0s", "cannot remove the folder '%s': %.0s%s"
#define M_BASE_PATH_EMPTY "nom de dossier vide", "empty folder name"
#define M_BASE_PATH_ROOT                                                                           \
    "« %s » ne peut pas être le dossier des résultats ; donnez un dossier à créer",                \
        "'%s' cannot be the results folder; name a folder to make"
#define M_BASE_PUBLISH_BUSY                                                                             \
    "une autre exécution écrit dans « %s » ; attendez qu’elle finisse ou choisissez un autre " \
    "dossier (-o)",                                                                                     \
        "another run is writing to '%s'; wait for its end or choose another folder (-o)"
#define M_BASE_PUBLISH_FOREIGN                                                                             \
    "« %s » existe et n’est pas un dossier de résultats de bassin (pas de run.json) ; rien n’y " \
    "est touché, choisissez un autre dossier (-o)",                                                        \
        "'%s' exists and is not a results folder of bassin (no run.json); nothing in it is "               \
        "touched, choose another folder (-o)"
#define M_BASE_PUBLISH_SWAP                                                                        \
    "les résultats n’ont pas pu prendre la place de « %s » : %s%.0s",                              \
        "the results could not take the place of '%s': %.0s%s"

#define M_BASE_WORKER_SYSTEM                                                                       \
    "processus de travail refusé par le système (%s) : %s%.0s",                                    \
        "worker process refused by the system (%s): %.0s%s"
#define M_BASE_WORKER_JOB                                                                          \
    "tâche « %s » inconnue du processus de travail", "job '%s' unknown to the worker process"
#define M_BASE_WORKER_APART                                                                        \
    "la tâche « %s » ne s’exécute que dans un processus à part",                                   \
        "the job '%s' only runs in a process of its own"
#define M_BASE_WORKER_FDS                                                                          \
    "plus de %d descripteurs dans un message", "more than %d descriptors in a message"
#define M_BASE_WORKER_ZYGOTE                                                                       \
    "le processus de service s’est arrêté pendant la tâche « %s » ; relancez",                     \
        "the service process stopped during the job '%s'; run again"
#define M_BASE_WORKER_SIGNAL                                                                       \
    "le processus de la tâche « %s » a été perdu : signal %d (%s)",                                \
        "the process of the job '%s' was lost: signal %d (%s)"
#define M_BASE_WORKER_MEMORY                                                                       \
    "le processus de la tâche « %s » a été perdu : signal %d (%s), limite de mémoire de %.1f Mio", \
        "the process of the job '%s' was lost: signal %d (%s), memory limit of %.1f MiB"
#define M_BASE_WORKER_WALL                                                                         \
    "le processus de la tâche « %s » a été arrêté : limite de temps de %g s",                      \
        "the process of the job '%s' was stopped: time limit of %g s"
#define M_BASE_WORKER_CPU                                                                          \
    "le processus de la tâche « %s » a été arrêté : limite de temps de %u s de calcul",            \
        "the process of the job '%s' was stopped: time limit of %u s of computing"
#define M_BASE_WORKER_EXIT                                                                         \
    "le processus de la tâche « %s » s’est terminé sans répondre (code %d)",                       \
        "the process of the job '%s' ended without a reply (code %d)"
#define M_BASE_WORKER_REPLY                                                                        \
    "réponse endommagée du processus de la tâche « %s »",                                          \
        "damaged reply from the process of the job '%s'"
#define M_BASE_WORKER_NO_TEXT                                                                      \
    "la tâche a échoué sans dire pourquoi", "the job failed without saying why"

#define M_BASE_WARNING "avertissement : ", "warning: "
#define M_BASE_NOTE "note : ", "note: "

#endif
