# cmake -DINPUT=f -DOUTPUT=f.c -DNAME=asset_f -P embed.cmake: the bytes of a file as a C array.
file(READ ${INPUT} bytes HEX)
string(LENGTH "${bytes}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "(................................................................)" "\\1\n" lines "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," values "${lines}")
file(WRITE ${OUTPUT}
"#include \"reports/html/assets.h\"

const unsigned char ${NAME}[] = {
${values}
};
const size_t ${NAME}_size = ${size};
")
