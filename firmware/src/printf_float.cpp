// Nothing here prints a floating-point number, but the Arduino core asks newlib for the part of
// printf that does (dtostrf.c): 10 KB. A definition of our own keeps the library's out.

extern "C" int _printf_float() { return -1; }
