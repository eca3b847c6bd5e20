/* base/program_messages.h: what is said of programs run apart, French then English. */
#ifndef BASE_PROGRAM_MESSAGES_H
#define BASE_PROGRAM_MESSAGES_H

#define M_BASE_PROGRAM_START                                                                       \
    "le programme « %s » ne démarre pas : %s%.0s", "the program '%s' does not start: %.0s%s"
#define M_BASE_PROGRAM_LOST                                                                        \
    "le programme « %s » a été perdu sans dire comment", "the program '%s' was lost without a "    \
                                                         "word"

#endif
