// Prints what the wearer does. For the Nano 33 BLE Sense; with another board, change the sensor.
#include <Arduino_BMI270_BMM150.h>  // Rev1: Arduino_LSM9DS1.h, and kRateMilliHz 119000
#include <motionloop.h>

const uint32_t kRateMilliHz = 99840;

void setup() {
  Serial.begin(115200);
  while (!Serial) {
  }
  const int reason = motionloop_begin(kRateMilliHz, MOTIONLOOP_16_G, MOTIONLOOP_2000_DPS);
  if (reason != 0) {
    Serial.println(motionloop_error(reason));
    while (true) {
    }
  }
  if (!IMU.begin()) {
    Serial.println("The motion sensor does not answer.");
    while (true) {
    }
  }
}

void loop() {
  if (!IMU.accelerationAvailable() || !IMU.gyroscopeAvailable()) return;
  float accel[3], gyro[3];
  IMU.readAcceleration(accel[0], accel[1], accel[2]);  // g
  IMU.readGyroscope(gyro[0], gyro[1], gyro[2]);        // degrees per second
  // Both Arduino libraries count y the other way round than MotionLoop's boards, with which the
  // model learned: x to the USB connector, y to the left, z out of the board.
  accel[1] = -accel[1];
  gyro[1] = -gyro[1];
  motionloop_answer answer;
  if (motionloop_add(accel, gyro, micros(), &answer)) {
    Serial.print(motionloop_label(answer.label));
    Serial.print(' ');
    Serial.println(answer.confidence / 255.0f);
  }
}
