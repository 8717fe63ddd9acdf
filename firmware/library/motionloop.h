// What the wearer does, of raw motion samples: windows, network, smoothing and unknown activities
// exactly as on a MotionLoop board, for a sketch or program of your own. C and C++.
//
//   if (motionloop_begin(119000, MOTIONLOOP_16_G, MOTIONLOOP_2000_DPS) != 0) ...
//   if (motionloop_add(accel_g, gyro_dps, micros(), &answer)) use(motionloop_label(answer.label));
//
// One model per program: all state is static, no heap is used after the start.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Scales for motionloop_add(), which rounds to int16: acceleration up to 16 g in nano-g per step,
// rotation up to 2,000 degrees per second in nano-rad/s per step.
#define MOTIONLOOP_16_G 488281u
#define MOTIONLOOP_2000_DPS 1065264u

#define MOTIONLOOP_UNKNOWN 255u  // the motion is like no activity that the model knows
#define MOTIONLOOP_MAX_LABELS 16u

typedef struct {
  uint8_t label;        // the smoothed answer, for motionloop_label(), or MOTIONLOOP_UNKNOWN
  uint8_t confidence;   // of the smoothed answer, in 1/255
  uint8_t raw_label;    // of this window alone
  uint8_t label_count;  // of the model
  int8_t probabilities[MOTIONLOOP_MAX_LABELS];  // of this window: -128 is 0, 127 is 255/256
  uint32_t t_us;                                // of the window's last sample
} motionloop_answer;

// Check the model in every way that a board does and load it, for samples at `rate_mhz` (samples
// per 1,000 s: 119 Hz is 119000) with these scales. 0, or a reason for motionloop_error().
int motionloop_begin(uint32_t rate_mhz, uint32_t accel_ng_per_lsb, uint32_t gyro_nrads_per_lsb);

// Add the next sample: ax ay az gx gy gz as whole steps of the scales. `t_us` are its microseconds,
// such as micros(), which may wrap around. Where samples are missing, the next answer waits for a
// whole window. True when `*answer` is new.
bool motionloop_add_raw(const int16_t axes[6], uint32_t t_us, motionloop_answer* answer);

// The same in g and degrees per second; what is beyond the scales is cut off.
bool motionloop_add(const float accel_g[3], const float gyro_dps[3], uint32_t t_us,
                    motionloop_answer* answer);

// The name of a label, "unknown" for MOTIONLOOP_UNKNOWN.
const char* motionloop_label(uint8_t label);

// What a result of motionloop_begin() means.
const char* motionloop_error(int reason);

#ifdef __cplusplus
}
#endif
