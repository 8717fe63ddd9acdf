// The way to the Bluetooth controller, which is mbed's own (Cordio) and runs in a thread here.
//
// ArduinoBLE brings a way of its own, HCICordioTransport.cpp. Its object is replaced by the
// linker's --wrap (platformio.ini), because
// - both ends of its ring copy packets byte by byte with the interrupts off, for longer than the
//   123 us within which the link layer needs its interrupt;
// - its ring of 256 bytes drops parts of packets, after which nothing that follows is understood;
// - its thread has the main thread's priority, so that an inference delays the link layer, and it
//   waits in a busy loop.
#pragma once
#include <stdint.h>

// Whether the controller runs: from BLE.begin() on, unless that failed.
bool controller_runs();
