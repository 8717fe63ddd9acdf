// The board only advertises and is connected to. mbed's Bluetooth controller can also scan and
// connect to others: 27 KB of flash and 9 KB of RAM. Its sources leave these calls out when they
// are built without INIT_OBSERVER and INIT_CENTRAL (ll_init_api.h); mbed's library is built with
// both, so the linker's --wrap (platformio.ini) leaves out the same calls. The controller then
// answers commands of these roles with "unknown command", as it is made to.

extern "C" {

// LlInitBbInit(): the radio's operations.
void __wrap_BbBleScanMasterInit() {}
void __wrap_BbBleConnMasterInit() {}
void __wrap_BbBleAuxScanMasterInit() {}
void __wrap_BbBlePerScanMasterInit() {}

// LlInitLlInit(): the link layer's state machines.
void __wrap_LlScanMasterInit() {}
void __wrap_LlInitMasterInit() {}
void __wrap_LlEncConnMasterInit() {}
void __wrap_LlExtScanMasterInit() {}
void __wrap_LlExtInitMasterInit() {}
void __wrap_LlPhyMasterInit() {}

// LlInitLhciInit(): the commands.
void __wrap_LhciScanMasterInit() {}
void __wrap_LhciEncMasterInit() {}
void __wrap_LhciConnMasterInit() {}
void __wrap_LhciExtScanMasterInit() {}
void __wrap_LhciExtConnMasterInit() {}

}  // extern "C"
