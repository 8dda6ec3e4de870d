#ifndef INFLUENTS_CZLIB_H
#define INFLUENTS_CZLIB_H
#include <zlib.h>
#endif
