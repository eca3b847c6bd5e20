#include "territory/codes.h"

#include <string.h>

static bool digits(const char *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9') {
            return false;
        }
    }
    return true;
}

static bool letters_or_digits(const char *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!digits(at + i, 1) && (at[i] < 'A' || at[i] > 'Z')) {
            return false;
        }
    }
    return true;
}

code_form commune_code_form(const char *code)
{
    const size_t size = strlen(code);
    if (size == COMMUNE_CODE_BYTES - 1 && digits(code, size)) {
        return CODE_ZERO_LOST;
    }
    if (size != COMMUNE_CODE_BYTES || !letters_or_digits(code, size)) {
        return CODE_MALFORMED;
    }
    if (digits(code, size)) {
        return strncmp(code, "99", 2) == 0 ? CODE_ABROAD : CODE_COMMUNE;
    }
    const bool corsica =
        code[0] == '2' && (code[1] == 'A' || code[1] == 'B') && digits(code + 2, 3);
    return corsica ? CODE_COMMUNE : CODE_ABROAD;
}

void departement_of_commune(const char *code, char *out)
{
    const bool overseas = strncmp(code, "97", 2) == 0 || strncmp(code, "98", 2) == 0;
    const size_t size = overseas ? 3 : 2;
    memset(out, 0, DEPARTEMENT_CODE_BYTES);
    memcpy(out, code, strnlen(code, size));
}

const char *commune_of_arrondissement(const char *code)
{
    if (strlen(code) != COMMUNE_CODE_BYTES || !digits(code, COMMUNE_CODE_BYTES)) {
        return NULL;
    }
    if (strcmp(code, "75101") >= 0 && strcmp(code, "75120") <= 0) {
        return "75056";
    }
    if (strcmp(code, "69381") >= 0 && strcmp(code, "69389") <= 0) {
        return "69123";
    }
    if (strcmp(code, "13201") >= 0 && strcmp(code, "13216") <= 0) {
        return "13055";
    }
    return NULL;
}

const char *code_list_next(const char *list, size_t *size)
{
    static const char separators[] = " ,;/|\t";
    list += strspn(list, separators);
    *size = strcspn(list, separators);
    return list;
}

bool is_border_code(const char *code)
{
    return commune_code_form(code) == CODE_ABROAD && strcmp(code, "99999") != 0 &&
           code[strspn(code, "Z")] != '\0';
}
