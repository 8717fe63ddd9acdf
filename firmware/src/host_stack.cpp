// ArduinoBLE is a Bluetooth host of its own and talks to mbed's controller directly. mbed's driver
// also refers to mbed's host stack, from functions that are never called then: 80 KB of flash. The
// linker's --wrap (platformio.ini) cuts these three references. What replaces them resets the
// board, through the fault and the watchdog, should they ever be called after all.

extern "C" {

void __wrap__ZN3ble3BLE8InstanceEv();  // ble::BLE::Instance()
void __wrap_DmExtAdvInit();
void __wrap_hciTrSerialRxIncoming();

void __wrap__ZN3ble3BLE8InstanceEv() { __builtin_trap(); }
void __wrap_DmExtAdvInit() { __builtin_trap(); }

// The transport's handler when Bluetooth is off.
void __wrap_hciTrSerialRxIncoming() {}

}  // extern "C"
