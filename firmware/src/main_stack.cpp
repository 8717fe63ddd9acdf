// The main thread's stack. mbed's own is 32 KB and fixed in the Arduino core; this replaces the
// function that starts the main thread (--wrap in platformio.ini), and the linker drops the other.
#include <mbed_config.h>  // which the next need and do not include

#include <cmsis_os2.h>
#include <mbed_boot.h>
#include <mbed_rtos_storage.h>

namespace {

// The deepest call takes 7 KB, 6 of them in Windower::prepare().
constexpr uint32_t kStackBytes = 10240;

alignas(8) uint8_t stack[kStackBytes];
mbed_rtos_storage_thread_t control_block;

}  // namespace

extern "C" void __wrap_mbed_rtos_start() {
  osThreadAttr_t main_thread = {};
  main_thread.name = "main";
  main_thread.priority = osPriorityNormal;
  main_thread.stack_mem = stack;
  main_thread.stack_size = sizeof stack;
  main_thread.cb_mem = &control_block;
  main_thread.cb_size = sizeof control_block;
  osThreadNew(reinterpret_cast<osThreadFunc_t>(mbed_start), nullptr, &main_thread);
  osKernelStart();   // does not return
  __builtin_trap();  // unless there was no main thread
}
