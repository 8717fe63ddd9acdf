#!/bin/sh
# The guest's first process: Bluetooth, a D-Bus and a shell for the tests, on two TCP ports.
# BUS_PORT and SHELL_PORT come from the kernel's command line.
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
while read -r module; do insmod "/modules/$module"; done </modules/order
ip link set lo up
ip addr add 10.0.2.15/24 dev eth0 # no route: the guest reaches the host and nothing beyond it
ip link set eth0 up

mkdir -p /run/dbus
dbus-daemon --config-file=/etc/bus.conf --fork --nopidfile
guest serve "$BUS_PORT" guest relay /run/dbus/system_bus_socket

# Debian's bluetoothd 5.66 can die when a connection fails before its services are known.
# As long as it is wanted it comes back, as after `systemctl restart bluetooth`.
cat >/bin/keep-bluetoothd <<'X'
#!/bin/sh
while [ -e /run/wanted ]; do
  bluetoothd -n &
  echo $! >/run/bluetoothd.pid
  wait $!
  echo "bluetoothd ended: $?"
  sleep 0.2 # systemd waits a moment too
done
X
chmod +x /bin/keep-bluetoothd

# The tests hold this connection: when they end, however they end, so does the guest.
guest once "$SHELL_PORT" sh 2>/dev/console
poweroff -f
