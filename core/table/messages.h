/* table/messages.h: every text of this room, in French and in English. */
#ifndef TABLE_MESSAGES_H
#define TABLE_MESSAGES_H

/* --- tables --- */
#define M_TABLE_TOO_LARGE                                                                          \
    "la table « %s » dépasse la taille adressable", "table “%s” exceeds the addressable size"
#define M_TABLE_BLOCK_DAMAGED                                                                      \
    "table reçue endommagée (%s) : la refaire", "damaged table received (%s): build it again"
#define M_TABLE_NO_COLUMN                                                                          \
    "la table « %s » n’a pas de colonne « %s »", "table “%s” has no column “%s”"
#define M_TABLE_COLUMN_TYPE                                                                        \
    "la colonne « %s » de la table « %s » est de type %s, et non %s",                              \
        "column “%s” of table “%s” is of type %s, not %s"
#define M_TABLE_COLUMN_NOT_TEXT                                                                    \
    "la colonne « %s » de la table « %s » n’est pas du texte : pas de jointure",                   \
        "column “%s” of table “%s” is not text: no join"
#define M_TABLE_NOT_FINITE                                                                         \
    "valeur non finie dans la table « %s », colonne « %s », ligne %zu",                            \
        "value that is not finite in table “%s”, column “%s”, row %zu"
#define M_TABLE_BAD_TEXT                                                                           \
    "texte qui n’est pas de l’UTF-8 dans la table « %s », colonne « %s »",                         \
        "text that is not UTF-8 in table “%s”, column “%s”"
#define M_TABLE_NUL_TEXT                                                                           \
    "octet nul dans un texte de la colonne « %s »", "NUL byte in a text of column “%s”"
#define M_TABLE_TOO_MANY_ROWS                                                                      \
    "la table « %s » a trop de lignes pour une jointure (%zu)",                                    \
        "table “%s” has too many rows for a join (%zu)"
#define M_TABLE_TOO_MANY_GROUPS                                                                    \
    "trop de lignes ou de codes à regrouper (%zu lignes, %zu codes)",                              \
        "too many rows or codes to group (%zu rows, %zu codes)"
#define M_TABLE_LATE_COLUMN                                                                        \
    "colonne « %s » ajoutée après des lignes", "column “%s” added after rows"
#define M_CODE_REPEATED                                                                            \
    "code « %s » répété (colonne « %s ») : déjà à la ligne %" PRIu64                               \
    " ; garder une seule ligne par code",                                                          \
        "code “%s” repeated (column “%s”): already at line %" PRIu64 "; keep one row per code"
#define M_CODE_REPEATED_MORE                                                                       \
    "et %zu autres codes répétés (colonne « %s »)", "and %zu more repeated codes (column “%s”)"

/* --- reading --- */
#define M_READ_EMPTY "fichier vide", "empty file"
#define M_READ_UTF16 "texte en UTF-16 : l’enregistrer en UTF-8", "text in UTF-16: save it as UTF-8"
#define M_READ_OLD_WORKBOOK                                                                        \
    "ancien classeur Excel (.xls) : l’enregistrer en .xlsx ou en CSV",                             \
        "old Excel workbook (.xls): save it as .xlsx or CSV"
#define M_READ_NUL                                                                                 \
    "octet nul : le fichier n’est pas du texte, ou il est endommagé",                              \
        "NUL byte: the file is not text, or it is damaged"
#define M_READ_CR_ONLY                                                                              \
    "lignes terminées par le seul retour chariot (CR) : enregistrer avec des fins de ligne LF ou " \
    "CRLF",                                                                                         \
        "lines end with a carriage return (CR) alone: save with LF or CRLF line ends"
#define M_READ_LATIN1                                                                              \
    "des octets ne sont pas de l’UTF-8 : lu comme ISO-8859-1 ; enregistrer en UTF-8 évite ce "  \
    "doute",                                                                                       \
        "some bytes are not UTF-8: read as ISO-8859-1; saving as UTF-8 removes the doubt"
#define M_READ_WINDOWS1252                                                                         \
    "octets 80 à 9F lus comme Windows-1252", "bytes 80 to 9F read as Windows-1252"
#define M_READ_UTF8_ANYWAY                                                                         \
    "encodage ISO-8859-1 demandé, mais le fichier est en UTF-8 : lu comme UTF-8",                  \
        "encoding ISO-8859-1 was asked for, but the file is UTF-8: read as UTF-8"
#define M_READ_NOT_UTF8                                                                            \
    "encodage UTF-8 demandé, mais octet non UTF-8 %s",                                             \
        "encoding UTF-8 was asked for, but found a byte that is not UTF-8: %s"
#define M_READ_MIXED_ENCODING                                                                      \
    "deux encodages dans un même fichier : octet non UTF-8 %s ici, et UTF-8 à la ligne %" PRIu64   \
    " ; l’enregistrer dans un seul encodage",                                                      \
        "two encodings in one file: a byte that is not UTF-8 (%s) here, and UTF-8 at line "        \
        "%" PRIu64 "; save it in one encoding"
#define M_READ_UNCLOSED_QUOTE                                                                      \
    "guillemet ouvert à la ligne %" PRIu64 " et jamais fermé",                                     \
        "unclosed quote opened at line %" PRIu64
#define M_READ_AFTER_QUOTE                                                                         \
    "texte après un guillemet fermant (ouvert à la ligne %" PRIu64                                 \
    ") : doubler les guillemets à l’intérieur d’un champ",                                         \
        "text after a closing quote (opened at line %" PRIu64                                      \
        "): double the quotes inside a field"
#define M_READ_FIELD_TOO_LONG                                                                      \
    "champ plus long que la limite de %d octets", "field longer than the limit of %d bytes"
#define M_READ_QUOTED_TOO_LONG                                                                     \
    "champ plus long que la limite de %d octets : le guillemet ouvert à la ligne %" PRIu64         \
    " n’est sans doute pas fermé",                                                                 \
        "field longer than the limit of %d bytes: the quote opened at line %" PRIu64               \
        " is probably not closed"
#define M_READ_RAGGED "%zu champs attendus, %zu trouvés", "expected %zu fields, found %zu"
#define M_READ_BLANK_LINE                                                                          \
    "%zu champs attendus, ligne vide", "expected %zu fields, found an empty line"
#define M_READ_TOO_MANY_COLUMNS                                                                    \
    "%zu colonnes, au-delà de la limite de %d", "%zu columns, over the limit of %d"
#define M_READ_ONE_COLUMN                                                                          \
    "une seule colonne trouvée avec le séparateur « %s » : le séparateur est-il « %s » ?",         \
        "one column found with %s as separator: is the separator %s?"
#define M_SEPARATOR_SEMICOLON "point-virgule (;)", "a semicolon (;)"
#define M_SEPARATOR_COMMA "virgule (,)", "a comma (,)"
#define M_SEPARATOR_TAB "tabulation", "a tab"
#define M_SEPARATOR_OTHER "barre (|)", "a bar (|)"
#define M_READ_MISSING_COLUMN                                                                      \
    "colonne « %s » absente ; colonnes trouvées : %s", "missing column “%s”; columns found: %s"
#define M_READ_SUGGEST_COLUMN                                                                      \
    "colonne « %s » absente, peut-être « %s » ; colonnes trouvées : %s",                           \
        "missing column “%s”, perhaps “%s”; columns found: %s"
#define M_READ_AMBIGUOUS_COLUMN                                                                    \
    "la colonne « %s » est deux fois dans l’en-tête : champs %zu (« %s ») et %zu (« %s »)",        \
        "column “%s” is twice in the header: fields %zu (“%s”) and %zu (“%s”)"
#define M_READ_NO_ROW "aucune ligne après l’en-tête", "no row after the header"
#define M_READ_NOT_NUMBER                                                                          \
    "« %s » n’est pas un nombre (colonne « %s »)", "“%s” is not a number (column “%s”)"
#define M_READ_NOT_WHOLE                                                                            \
    "« %s » n’est pas un nombre entier (colonne « %s »)", "“%s” is not a whole number (column " \
                                                          "“%s”)"
#define M_READ_NOT_FINITE                                                                          \
    "« %s » n’est pas un nombre fini (colonne « %s »)", "“%s” is not a finite number (column " \
                                                        "“%s”)"
#define M_READ_MARK                                                                                \
    "« %s » : un fichier a une seule marque décimale, et c’est « %c » depuis la ligne %" PRIu64    \
    " (colonne « %s »)",                                                                           \
        "“%s”: one file has one decimal mark, and it is “%c” since line %" PRIu64 " (column “%s”)"
#define M_READ_NEGATIVE "valeur négative %s (colonne « %s »)", "negative value %s (column “%s”)"
#define M_READ_BELOW                                                                               \
    "la valeur %s est sous le minimum %s (colonne « %s »)", "value %s is below %s (column “%s”)"
#define M_READ_ABOVE                                                                               \
    "la valeur %s dépasse le maximum %s (colonne « %s »)", "value %s is above %s (column “%s”)"
#define M_READ_MORE_FAULTS                                                                         \
    "et %zu autres défauts dans ce fichier", "and %zu more faults in this file"

/* --- archives --- */
#define M_ARCHIVE_DAMAGED                                                                          \
    "archive endommagée ou incomplète (%s)", "damaged or incomplete archive (%s)"
#define M_ARCHIVE_TRAILING                                                                         \
    "octets après la fin des données compressées", "bytes after the end of the compressed data"
#define M_ARCHIVE_WRITE                                                                            \
    "un fichier de l’archive ne peut être écrit dans le dossier temporaire : %s%.0s",              \
        "a file of the archive cannot be written to the temporary folder: %.0s%s"
#define M_ARCHIVE_STOPPED "décompression interrompue", "unpacking was interrupted"
#define M_ARCHIVE_TOO_LARGE                                                                        \
    "texte décompressé au-delà de la limite de %" PRIu64 " octets",                                \
        "unpacked text over the limit of %" PRIu64 " bytes"
#define M_ARCHIVE_RATIO                                                                            \
    "taux de compression suspect : %" PRIu64 " octets compressés donnent plus de %" PRIu64         \
    " octets (limite 1:%d) ; décompresser le fichier si c’est voulu",                              \
        "suspect compression ratio: %" PRIu64 " packed bytes give more than %" PRIu64              \
        " bytes (limit 1:%d); unpack the file if this is intended"
#define M_ARCHIVE_NO_MEMBER                                                                        \
    "pas de « %s » dans l’archive ; elle contient : %s", "no “%s” in the archive; it holds: %s"
#define M_ARCHIVE_EMPTY "archive sans fichier", "archive without a file"
#define M_ARCHIVE_SEVERAL                                                                          \
    "l’archive contient plusieurs fichiers, en nommer un : %s",                                    \
        "the archive holds several files, name one: %s"
#define M_ARCHIVE_ENCRYPTED "« %s » est chiffré dans l’archive", "“%s” is encrypted in the archive"
#define M_ARCHIVE_WORKBOOK                                                                         \
    "c’est un classeur (XLSX, ODS) et non du texte délimité : l’enregistrer en CSV",               \
        "this is a workbook (XLSX, ODS), not delimited text: save it as CSV"
#define M_MEMBER_NOT_ARCHIVE                                                                       \
    "« %s » est demandé dans une archive, mais ce fichier n’est pas un .zip",                      \
        "“%s” is wanted inside an archive, but this file is not a .zip"

/* --- balance --- */
#define M_LEDGER_ROWS                                                                              \
    "bilan : %s (%s) ne tombe pas juste : %zu lignes lues, %zu retenues, %zu rejetées, %zu "      \
    "ignorées",                                                                                    \
        "balance: %s (%s) does not close: %zu rows read, %zu used, %zu rejected, %zu ignored"
#define M_LEDGER_WEIGHT                                                                            \
    "bilan : %s (%s) ne tombe pas juste en poids : %s lu, %s retenu, %s rejeté, %s ignoré",        \
        "balance: %s (%s) does not close in weight: %s read, %s used, %s rejected, %s ignored"

#define M_TITLE_ROLE "Rôle", "Role"
#define M_TITLE_FILE "Fichier", "File"
#define M_TITLE_OUTCOME "Devenir", "Outcome"
#define M_TITLE_REASON "Motif", "Reason (French)"
#define M_TITLE_REASON_EN "Motif (anglais)", "Reason"
#define M_TITLE_ROWS "Lignes", "Rows"
#define M_TITLE_WEIGHT "Poids", "Weight"
#define M_TITLE_LINE "Ligne", "Line"
#define M_TITLE_VALUE "Valeur", "Value"

/* --- signs --- */
#define M_SIGN_UNREACHABLE "hors d’atteinte", "unreachable"
#define M_SIGN_BEYOND_LIMIT "au-delà de la limite", "beyond the limit"
#define M_TYPE_NUMBER "nombre", "number"
#define M_TYPE_WHOLE "entier", "whole number"
#define M_TYPE_U32 "entier positif", "unsigned number"
#define M_TYPE_TEXT "texte", "text"

#endif
