/* base/sandbox_messages.h: what the sandbox says, French then English. What a trace tells is the
 * end of a sentence about a plugin. */
#ifndef BASE_SANDBOX_MESSAGES_H
#define BASE_SANDBOX_MESSAGES_H

#define M_BASE_SANDBOX_REFUSED                                                                            \
    "le confinement des greffons est refusé par le système (%s) : %s%.0s ; rien d’étranger n’est " \
    "exécuté",                                                                                            \
        "the system refuses to sandbox plugins (%s): %.0s%s; nothing foreign is run"

#define M_TRACE_CALL "a appelé %s : %s%.0s", "called %s: %.0s%s"
#define M_TRACE_CALL_NUMBER                                                                        \
    "a fait l’appel système %d, qui n’est pas permis à un indicateur",                             \
        "made the system call %d, which an indicator may not make"
#define M_TRACE_EXIT                                                                               \
    "a appelé exit(%d) : un indicateur ne met pas fin au programme",                               \
        "called exit(%d): an indicator does not end the program"
#define M_TRACE_ABORT "a été arrêté par abort()", "was stopped by abort()"
#define M_TRACE_ABORT_MEMORY                                                                       \
    "a été arrêté par abort() après un refus de mémoire",                                          \
        "was stopped by abort() after memory was refused"
#define M_TRACE_WRITE                                                                              \
    "a écrit dans l’entrée %s, ouverte en lecture seule",                                          \
        "wrote into the input %s, which is read-only"
#define M_TRACE_STACK                                                                              \
    "a rempli sa pile (appels sans fin, ou grand tableau local)",                                  \
        "filled its stack (endless calls, or a large local array)"
#define M_TRACE_NULL "a suivi un pointeur nul", "followed a null pointer"
#define M_TRACE_NULL_MEMORY                                                                        \
    "a suivi un pointeur nul après un refus de mémoire",                                           \
        "followed a null pointer after memory was refused"
/* Not where: the address is another in every run, and reports are the same bytes. */
#define M_TRACE_OUTSIDE "a lu ou écrit hors de sa mémoire", "read or wrote outside its memory"
#define M_TRACE_DIVISION "a divisé un entier par zéro", "divided an integer by zero"
#define M_TRACE_ARITHMETIC                                                                         \
    "a fait un calcul que le processeur refuse", "did arithmetic that the processor refuses"
#define M_TRACE_ILLEGAL                                                                            \
    "a atteint une instruction que le processeur refuse",                                          \
        "reached an instruction that the processor refuses"
#define M_TRACE_SIGNAL "a été arrêté par le signal %d", "was stopped by signal %d"

/* Why an indicator has no use for a call. */
#define M_CALL_FILE "un indicateur n’ouvre pas de fichier", "an indicator opens no file"
#define M_CALL_WRITE                                                                               \
    "un indicateur n’écrit ni dans un fichier ni à l’écran ; ses messages passent par l’hôte",     \
        "an indicator writes to no file and no screen; its messages go through the host"
#define M_CALL_READ "un indicateur ne lit pas de fichier", "an indicator reads no file"
#define M_CALL_CHANGE                                                                              \
    "un indicateur ne touche pas aux fichiers", "an indicator does not touch files"
#define M_CALL_NETWORK "un indicateur n’a pas accès au réseau", "an indicator has no network"
#define M_CALL_START                                                                               \
    "un indicateur ne démarre ni processus ni fil d’exécution",                                    \
        "an indicator starts no process and no thread"
#define M_CALL_PROGRAM "un indicateur ne lance pas de programme", "an indicator runs no program"
#define M_CALL_SIGNAL "un indicateur n’envoie pas de signal", "an indicator sends no signal"
#define M_CALL_HANDLER                                                                             \
    "un indicateur ne change pas le traitement des signaux",                                       \
        "an indicator does not change how signals are handled"
#define M_CALL_WAIT "un indicateur n’attend pas", "an indicator does not wait"
#define M_CALL_CODE "un indicateur ne fabrique pas de code", "an indicator makes no code"
#define M_CALL_LINE                                                                                \
    "un indicateur n’écrit que par l’hôte", "an indicator writes through the host alone"
#define M_CALL_PROCESS                                                                             \
    "un indicateur ne touche pas aux autres processus",                                            \
        "an indicator does not touch other processes"
#define M_CALL_OTHER                                                                               \
    "cet appel n’est pas permis à un indicateur", "an indicator may not make this call"

#endif
