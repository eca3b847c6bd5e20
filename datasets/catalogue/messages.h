/* datasets/catalogue/messages.h: texts of the catalogue, of fetching and of the data folder, French
 * then English. */
#ifndef CATALOGUE_MESSAGES_H
#define CATALOGUE_MESSAGES_H

/* --- the tables --- */
#define M_CATALOGUE_EMPTY "la colonne « %s » est vide", "column '%s' is empty"
#define M_CATALOGUE_ID                                                                             \
    "identifiant « %s » : minuscules sans accent, chiffres et tirets seulement",                   \
        "id '%s': lower-case letters without accents, digits and hyphens only"
#define M_CATALOGUE_DEFAULT                                                                         \
    "default « %s » : attendu yes, no, ou des mailles parmi commune, epci, departement, region, " \
    "metropole, france séparées par |",                                                             \
        "default '%s': wants yes, no, or levels among commune, epci, departement, region, "         \
        "metropole, france joined by |"
#define M_CATALOGUE_ROLE                                                                           \
    "rôle « %s » inconnu (ceux des jeux de données, ou roads, ou rien)",                           \
        "unknown role '%s' (those of the data sets, or roads, or nothing)"
#define M_CATALOGUE_IMPORTER "format « %s » inconnu", "unknown format '%s'"
#define M_CATALOGUE_IMPORTER_ROLE                                                                  \
    "le format « %s » est du rôle %s, et non %s", "format '%s' is of role %s, not %s"
#define M_CATALOGUE_GEOGRAPHY                                                                      \
    "geography « %s » : attendu une année, de 1943 à 2100, ou rien quand elle n’est pas connue",   \
        "geography '%s': wants a year, 1943 to 2100, or nothing where it is not known"
#define M_CATALOGUE_CHOICE "%s « %s » : attendu %s", "%s '%s': wants %s"
#define M_CATALOGUE_SIZE                                                                           \
    "size « %s » : attendu un nombre d’octets, précédé de ~ quand il est approché",                \
        "size '%s': wants a number of bytes, with ~ in front when it is about"
#define M_CATALOGUE_SHA256                                                                              \
    "sha256 « %s » : attendu 64 chiffres hexadécimaux, changes (renouvelé à la même adresse) ou " \
    "unknown (personne ne l’a relevé)",                                                                 \
        "sha256 '%s': wants 64 hexadecimal digits, changes (renewed at the same address) or "           \
        "unknown (nobody recorded it)"
#define M_CATALOGUE_SHA256_CUT                                                                     \
    "une seule empreinte sha256 pour plusieurs fichiers : attendu changes ou unknown",             \
        "one sha256 for several files: wants changes or unknown"
#define M_CATALOGUE_ADDRESS                                                                        \
    "adresse « %s » : attendu http:// ou https://, sans blanc ni accent",                          \
        "address '%s': wants http:// or https://, without blanks or accents"
#define M_CATALOGUE_PLACEHOLDER                                                                      \
    "adresse « %s » : seuls {departement}, {region} ou {osm_area} sont remplacés, un seul à la " \
    "fois",                                                                                          \
        "address '%s': only {departement}, {region} or {osm_area} are replaced, one of them only"
#define M_CATALOGUE_FILE                                                                           \
    "nom de fichier « %s » : un nom simple, sans dossier ; donnez-le dans la colonne file",        \
        "file name '%s': wants a plain name, without a folder; give it in the column file"
#define M_CATALOGUE_FILE_CUT                                                                       \
    "le nom « %s » et l’adresse « %s » doivent porter le même {…}",                                \
        "the name '%s' and the address '%s' must hold the same {...}"
#define M_CATALOGUE_ARCHIVE_NAME                                                                   \
    "le nom « %s » d’une archive doit finir par %s", "the name '%s' of an archive must end in %s"
#define M_CATALOGUE_MEMBERS                                                                        \
    "members n’a de sens que pour une archive (colonne archive)",                                  \
        "members only makes sense for an archive (column archive)"
#define M_CATALOGUE_TWICE                                                                          \
    "%s « %s » est déjà pris, ligne %llu", "%s '%s' is taken already, line %llu"
#define M_CATALOGUE_OSM_AREA                                                                       \
    "osm_area « %s » : minuscules sans accent, chiffres et tirets seulement",                      \
        "osm_area '%s': lower-case letters without accents, digits and hyphens only"

/* --- a territory typed --- */
#define M_TERRITORY_TWO_READINGS                                                                   \
    "« %s » se lit de deux façons : %s:%s (%s) ou %s:%s (%s) ; écrivez l’une des deux",            \
        "'%s' reads two ways: %s:%s (%s) or %s:%s (%s); type one of them"
#define M_TERRITORY_FORM                                                                           \
    "territoire « %s » : attendu departement:77, region:11, epci:<SIREN>, commune:77288, "       \
    "metropole, france ou un nom",                                                                 \
        "territory '%s': wants departement:77, region:11, epci:<SIREN>, commune:77288, "           \
        "metropole, france or a name"
#define M_TERRITORY_ZERO_LOST                                                                      \
    "« %s » : un code de commune a cinq caractères (0%s ?)",                                       \
        "'%s': the code of a commune has five characters (0%s?)"
#define M_TERRITORY_UNKNOWN                                                                        \
    "territoire « %s » inconnu : attendu departement:77, region:11, epci:<SIREN>, "              \
    "commune:77288, metropole, france ou un nom",                                                  \
        "unknown territory '%s': wants departement:77, region:11, epci:<SIREN>, commune:77288, "   \
        "metropole, france or a name"
#define M_TERRITORY_UNKNOWN_NEAR                                                                   \
    "territoire « %s » inconnu ; vouliez-vous dire « %s » ?",                                      \
        "unknown territory '%s'; did you mean '%s'?"

/* --- fetching --- */
#define M_FETCH_STEP "%s (%zu sur %zu)", "%s (%zu of %zu)"
#define M_FETCH_STOPPED                                                                            \
    "interrompu à la demande ; la même commande reprendra où elle en était",                       \
        "interrupted on request; the same command will go on from there"
#define M_FETCH_LIBRARY "la bibliothèque de téléchargement ne démarre pas", "cannot start libcurl"
#define M_FETCH_BUSY                                                                               \
    "un autre téléchargement écrit dans « %s » ; attendez qu’il finisse",                          \
        "another download is writing to '%s'; wait for its end"
#define M_FETCH_WRITE "« %s » ne s’écrit pas : %s%.0s", "cannot write '%s': %.0s%s"
#define M_FETCH_ROOM                                                                               \
    "pas assez de place pour « %s » : %.0f Mo à écrire, %.0f Mo libres",                           \
        "not enough room for '%s': %.0f MB to write, %.0f MB free"
#define M_FETCH_PROVENANCE                                                                         \
    "la provenance de « %s » ne s’écrit pas", "cannot write the provenance of '%s'"
#define M_FETCH_ONLY "pas de « %s » au catalogue", "no '%s' in the catalogue"
#define M_FETCH_ONLY_NEAR                                                                          \
    "pas de « %s » au catalogue ; vouliez-vous dire « %s » ?",                                     \
        "no '%s' in the catalogue; did you mean '%s'?"
#define M_FETCH_CHANGED                                                                            \
    "modifié depuis son téléchargement : laissé tel quel ; supprimez-le pour le reprendre",        \
        "changed since it was fetched: left as it is; delete it to fetch it again"
#define M_FETCH_FOLDER_THERE                                                                       \
    "ce dossier est déjà là : %s n’y est pas déplié ; supprimez-le pour qu’il le soit",            \
        "this folder is there already: %s is not unpacked into it; delete it to have it so"
#define M_FETCH_TERRITORY_WAITS                                                                           \
    "les communes ne disent pas où est « %s » : les fichiers par département ou région n’ont pas " \
    "été demandés",                                                                                       \
        "the communes do not tell where '%s' is: files by département or région were not asked "        \
        "for"
#define M_FETCH_MIRROR_FORM                                                                        \
    "miroir « %s » : attendu un dossier, http:// ou https://",                                     \
        "mirror '%s': wants a folder, http:// or https://"
#define M_FETCH_MIRROR_FOLDER "le dossier miroir « %s » n’existe pas", "no mirror folder '%s'"
#define M_FETCH_MIRROR_ABSENT                                                                      \
    "absent du dossier miroir : « %s » (%s%.0s)", "not in the mirror folder: '%s' (%.0s%s)"
#define M_FETCH_MIRROR_READ "« %s » ne se lit pas : %s%.0s", "cannot read '%s': %.0s%s"

/* --- what a server answers --- */
#define M_FETCH_GONE                                                                                \
    "%s : le fichier n’est plus à cette adresse (%ld) ; cherchez-le sur %s et posez-le sous le " \
    "nom %s, ou corrigez le catalogue",                                                             \
        "%s: the file is no longer there (%ld); look for it on %s and put it under the name %s, "   \
        "or mend the catalogue"
#define M_FETCH_FORBIDDEN                                                                             \
    "%s : le serveur refuse de le donner à un programme (%ld) ; téléchargez-le à la main depuis " \
    "%s et posez-le sous le nom %s",                                                                  \
        "%s: the server refuses it to a program (%ld); download it by hand from %s and put it "       \
        "under the name %s"
#define M_FETCH_CODE "%s : le serveur répond %ld", "%s: the server answers %ld"
#define M_FETCH_CODE_LATER                                                                         \
    "%s : le serveur demande d’attendre (%ld) ; recommencez plus tard",                            \
        "%s: the server asks to wait (%ld); try again later"
#define M_FETCH_NO_NAME                                                                            \
    "%s : serveur introuvable ; internet est-il joignable d’ici ? (sinon --mirror)",               \
        "%s: no such server; can the internet be reached from here? (else --mirror)"
#define M_FETCH_NO_SERVER                                                                          \
    "%s : le serveur ne répond pas ; recommencez plus tard (ou --mirror)",                         \
        "%s: the server does not answer; try again later (or --mirror)"
#define M_FETCH_STALLED                                                                            \
    "%s : le serveur n’envoie plus rien ; recommencez, ce qui est reçu est gardé",                 \
        "%s: the server sends nothing any more; try again, what was received is kept"
#define M_FETCH_CUT                                                                                \
    "%s : la liaison a été coupée (%s) ; recommencez, ce qui est reçu est gardé",                  \
        "%s: the connection was cut (%s); try again, what was received is kept"
#define M_FETCH_SHORT                                                                              \
    "%s : %" PRIu64 " octets reçus sur %" PRIu64 " annoncés ; recommencez, ils sont gardés",       \
        "%s: %" PRIu64 " bytes received of %" PRIu64 " announced; try again, they are kept"
#define M_FETCH_RANGE                                                                              \
    "%s : le serveur ne sait pas reprendre ; recommencez",                                         \
        "%s: the server cannot go on from a part; try again"
#define M_FETCH_REDIRECTS "%s : plus de %ld renvois d’adresse", "%s: more than %ld redirects"
#define M_FETCH_PROTOCOL                                                                           \
    "%s : renvoyé vers une adresse qui n’est pas sûre (ni https, ni http depuis http)",            \
        "%s: redirected to an address that is not safe (neither https, nor http from http)"
#define M_FETCH_ADDRESS "%s : adresse mal écrite", "%s: malformed address"
#define M_FETCH_CERTIFICATE                                                                        \
    "%s : le certificat du serveur n’est pas reconnu (horloge juste ? paquet ca-certificates ?)",  \
        "%s: the server's certificate is not trusted (right clock? package ca-certificates?)"
#define M_FETCH_EMPTY "%s : fichier vide", "%s: empty file"
#define M_FETCH_PAGE                                                                               \
    "%s : une page web à la place du fichier ; l’adresse a sans doute changé",                     \
        "%s: a web page in place of the file; the address has most likely changed"
#define M_FETCH_KIND                                                                               \
    "%s : le contenu n’est pas celui d’un fichier %s", "%s: the content is not that of a %s file"
#define M_FETCH_SIZE                                                                               \
    "%s : %" PRIu64 " octets, et non les %" PRIu64 " du catalogue",                                \
        "%s: %" PRIu64 " bytes, not the %" PRIu64 " of the catalogue"
#define M_FETCH_TOO_LARGE "%s : plus de %.0f Go, refusé", "%s: more than %.0f GB, refused"
#define M_FETCH_SHA256                                                                             \
    "%s : empreinte sha256 %s, et non %s comme au catalogue ; le fichier n’est pas gardé",         \
        "%s: sha256 %s, not %s as in the catalogue; the file is not kept"

/* --- archives --- */
#define M_UNPACK_DAMAGED "archive %s endommagée : %s", "damaged archive %s: %s"
#define M_UNPACK_DANGEROUS                                                                            \
    "archive %s refusée : « %s » sortirait de son dossier, ou n’est pas un fichier ordinaire ; " \
    "rien n’en est extrait",                                                                          \
        "archive %s refused: '%s' would leave its folder, or is no regular file; nothing is "         \
        "unpacked"
#define M_UNPACK_TOO_LARGE                                                                         \
    "archive %s refusée : une fois dépliée, plus de %.0f Go ou plus de %llu fois sa taille",       \
        "archive %s refused: unpacked, more than %.0f GB or more than %llu times its size"
#define M_UNPACK_MEMBERS                                                                           \
    "archive %s refusée : plus de %zu fichiers", "archive %s refused: more than %zu files"
#define M_UNPACK_ENCRYPTED                                                                         \
    "archive %s protégée par un mot de passe", "archive %s is protected by a password"
#define M_UNPACK_NOTHING "archive %s : aucun fichier voulu (%s)", "archive %s: no wanted file (%s)"

/* --- the data folder --- */
#define M_FOUND_NO_FOLDER                                                                          \
    "le dossier « %s » ne s’ouvre pas : %s%.0s", "cannot open the folder '%s': %.0s%s"
#define M_FOUND_TOO_MANY                                                                           \
    "plus de %d fichiers : donnez un dossier de données seulement",                                \
        "more than %d files: name a folder of data only"

#endif
