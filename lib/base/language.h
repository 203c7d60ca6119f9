/* The languages that words and labels come in; in the order of the choices of the option "lang". */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

typedef enum language { ENGLISH, DANISH, LANGUAGE_COUNT } language;

#endif
