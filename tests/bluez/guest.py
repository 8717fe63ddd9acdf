"""A Linux with BlueZ in an emulated PC, whose system bus the product on this computer uses.

    with Guest(image()) as guest:
        guest.plug(port, secret)       # an adapter in the air of a virtual board
        os.environ.update(guest.environment)
        guest.wait_until(lambda seen: seen.adapter("Powered"))

The guest ends when its context does, or with this process, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import select
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from tests.bluez.image import QEMU, Image

T = TypeVar("T")
LOOPBACK, HOST = "127.0.0.1", "10.0.2.2"  # this computer, as itself and as the guest sees it
BUS_PORT, SHELL_PORT = 2224, 2225  # in the guest
BOOT_S, SHELL_S, WAIT_S = 90.0, 15.0, 20.0
BLUEZ, ADAPTER, DEVICE = "org.bluez", "org.bluez.Adapter1", "org.bluez.Device1"
PROPERTIES = "org.freedesktop.DBus.Properties"
OBJECTS = "org.freedesktop.DBus.ObjectManager"


class GuestError(Exception):
    """The guest did not do what it was told; the message has what it printed."""


class Seen:
    """What BlueZ's objects say, as its signals tell it: interfaces and properties by path."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, dict[str, Any]]] = {}

    def adapter(self, name: str) -> Any:
        """A property of the adapter; None without one."""
        for interfaces in self.objects.values():
            if ADAPTER in interfaces:
                return interfaces[ADAPTER].get(name)
        return None

    def device(self, address: str, name: str) -> Any:
        """A property of the device with this address; None if BlueZ does not know it."""
        for interfaces in self.objects.values():
            if interfaces.get(DEVICE, {}).get("Address") == address:
                return interfaces[DEVICE].get(name)
        return None

    def connected(self, address: str) -> bool:
        return bool(self.device(address, "Connected"))


class Guest:
    """The emulated PC. All methods are called from the thread of a test."""

    def __init__(self, image: Image) -> None:
        self._image = image
        self._seen = Seen()
        self._changed = threading.Condition()
        self._printed: list[str] = []
        self._stack = contextlib.ExitStack()
        self._wanted = self._plugged = self._blocked = False  # bluetoothd, adapter; rfkill

    def __enter__(self) -> Self:
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="bluez-"))
            self._stack.callback(shutil.rmtree, self._folder, ignore_errors=True)
            self._boot()
            self._loop = asyncio.new_event_loop()
            thread = threading.Thread(target=self._loop.run_forever, name="guest's bus")
            thread.start()
            self._stack.callback(self._end_loop, thread)
            self._in_loop(self._bridge())
            self._in_loop(self._watch())
            self.start_bluetoothd()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    # --- for tests ------------------------------------------------------------------------------
    @property
    def environment(self) -> dict[str, str]:
        """Has the product find this BlueZ, and no virtual board by another way."""
        return {
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self._folder}/bus",
            "MOTIONLOOP_RUNTIME_DIR": str(self._folder / "run"),
        }

    @property
    def printed(self) -> str:
        """The last that the guest's kernel and programs said."""
        return "\n".join(self._printed[-60:])

    def shell(self, command: str, timeout_s: float = SHELL_S) -> str:
        """What the command prints in the guest. GuestError if it fails."""
        self._shell.sendall(f'{{ {command}\n}} </dev/null; echo "<<$?>>"\n'.encode())
        output = b""
        end_s = time.monotonic() + timeout_s
        while not (ended := re.search(rb"<<(\d+)>>\n$", output)):
            ready, _, _ = select.select([self._shell], [], [], max(end_s - time.monotonic(), 0))
            data = self._shell.recv(65536) if ready else b""
            if not data:
                raise GuestError(f"{command!r} did not end. The guest said:\n{self.printed}")
            output += data
        said = output[: ended.start()].decode(errors="replace")
        if ended[1] != b"0":
            raise GuestError(f"{command!r} failed: {said or ended[1].decode()}")
        return said

    def plug(self, port: int, secret: str) -> None:
        """Plug in an adapter that is in range of the board with this adapter port, and wait until
        BlueZ has switched it on."""
        self._plugged = True
        run = f"guest pump {HOST} {port} {secret} </dev/console >/dev/console 2>&1"
        self.shell(f"{run} &\necho $! >/run/pump.pid")
        self.wait_until(lambda seen: seen.adapter("Powered"))

    def unplug(self) -> None:
        self._plugged = False
        self.shell("kill $(cat /run/pump.pid) || true")  # its board may be off already
        self.wait_until(lambda seen: seen.adapter("Address") is None)

    @contextlib.contextmanager
    def silent_adapter(self) -> Iterator[None]:
        """Meanwhile the adapter answers nothing, as one that hangs."""
        self.shell("kill -STOP $(cat /run/pump.pid)")
        try:
            yield
        finally:
            self.shell("kill -CONT $(cat /run/pump.pid)")

    @property
    def lines_printed(self) -> int:
        return len(self._printed)

    def wait_for_word(self, word: str, begin: int) -> None:
        """Until a line with this word is printed, after `begin` others."""
        with self._changed:
            if not self._changed.wait_for(
                lambda: any(word in line for line in self._printed[begin:]), WAIT_S
            ):
                raise GuestError(f"No {word!r}. The guest:\n{self.printed}")

    def mend(self, port: int, secret: str) -> None:
        """Undo what a test did: bluetoothd runs, an adapter is there and switched on."""
        if not self._wanted:
            self.start_bluetoothd()
        if self._blocked:
            self.soft_block(False)
        if not self._plugged:
            self.plug(port, secret)
        self.wait_until(lambda seen: seen.adapter("Address"))  # bluetoothd may just have died
        self.power(True)

    def disconnect_all(self) -> None:
        """Let go of what a program that was killed left connected."""
        for interfaces in list(self._seen.objects.values()):
            if interfaces.get(DEVICE, {}).get("Connected"):
                self.disconnect(interfaces[DEVICE]["Address"])
        self.wait_until(
            lambda seen: (
                not any(
                    interfaces.get(DEVICE, {}).get("Connected")
                    for interfaces in seen.objects.values()
                )
            )
        )

    def power(self, on: bool) -> None:
        """Switch the adapter on or off, as `bluetoothctl power` does."""
        if self._seen.adapter("Powered") is on:
            return
        self.call(self.adapter_path, PROPERTIES, "Set", "ssv", ADAPTER, "Powered", Variant("b", on))
        self.wait_until(lambda seen: seen.adapter("Powered") is on)

    def soft_block(self, on: bool) -> None:
        """As `rfkill block bluetooth` does."""
        self._blocked = on
        self.shell(f"for soft in /sys/class/rfkill/*/soft; do echo {int(on)} >$soft; done")
        # BlueZ itself switches the adapter on again.
        self.wait_until(lambda seen: bool(seen.adapter("Powered")) is not on)

    def sys_files(self) -> dict[str, str]:
        """What the guest's /sys says of Bluetooth: path below /sys, and text."""
        files = (
            "class/bluetooth/*/uevent class/rfkill/*/type class/rfkill/*/soft class/rfkill/*/hard"
        )
        said = self.shell(
            f"cd /sys; for file in {files}; do\n"
            'if [ -e $file ]; then echo "$file=$(head -n 1 $file)"; fi\ndone'
        )
        return dict(line.split("=", 1) for line in said.splitlines())

    def start_bluetoothd(self) -> None:
        self._wanted = True
        self.shell("touch /run/wanted; keep-bluetoothd </dev/null >/dev/console 2>&1 &\nkeeper=$!")
        self.wait_until(lambda seen: "/org/bluez" in seen.objects)
        if self._plugged:
            self.wait_until(lambda seen: seen.adapter("Powered"))

    def stop_bluetoothd(self) -> None:
        """As `systemctl stop bluetooth`: it tells its clients, and stays away."""
        self._wanted = False
        # The next start must not meet the loop that keeps it.
        self.shell("rm /run/wanted; kill $(cat /run/bluetoothd.pid); wait $keeper")
        self.wait_until(lambda seen: not seen.objects)

    def kill_bluetoothd(self) -> None:
        """As a crash. It comes back at once; returns when it has."""
        self._lose_bluetoothd("KILL")

    def restart_bluetoothd(self) -> None:
        """As `systemctl restart bluetooth`; returns when it is back."""
        self._lose_bluetoothd("TERM")

    def _lose_bluetoothd(self, signal: str) -> None:
        gone = self._deaths
        self.shell(f"kill -{signal} $(cat /run/bluetoothd.pid)")
        self.wait_until(lambda seen: self._deaths > gone and "/org/bluez" in seen.objects)
        if self._plugged:
            self.wait_until(lambda seen: seen.adapter("Powered"))

    @property
    def adapter_path(self) -> str:
        return next(path for path, found in self._seen.objects.items() if ADAPTER in found)

    def device_path(self, address: str) -> str:
        return f"{self.adapter_path}/dev_{address.replace(':', '_')}"

    def hear(self, address: str) -> None:
        """As `bluetoothctl scan on` does, until the board is known."""
        if self._seen.device(address, "Address") is None:
            adapter = self.adapter_path
            self.call(adapter, ADAPTER, "StartDiscovery")
            self.wait_until(lambda seen: seen.device(address, "Address"))
            self.call(adapter, ADAPTER, "StopDiscovery")

    def connect(self, address: str) -> None:
        """As `bluetoothctl connect` does; returns when the services are known."""
        self.call(self.device_path(address), DEVICE, "Connect")
        self.wait_until(lambda seen: seen.device(address, "ServicesResolved"))

    @contextlib.contextmanager
    def connecting(self, address: str) -> Iterator[None]:
        """Behind the product's back: Device1.Connect is under way, as `bluetoothctl connect`."""
        path = self.device_path(address)
        message = Message(destination=BLUEZ, path=path, interface=DEVICE, member="Connect")
        pending = asyncio.run_coroutine_threadsafe(self._bus.call(message), self._loop)
        # BlueZ takes calls in their order.
        self.call(self.adapter_path, PROPERTIES, "Get", "ss", ADAPTER, "Powered")
        yield
        pending.result(WAIT_S)

    def disconnect(self, address: str) -> None:
        """Behind the product's back: Device1.Disconnect, as `bluetoothctl disconnect` does."""
        self.call(self.device_path(address), DEVICE, "Disconnect")

    def forget(self, address: str) -> None:
        """Behind the product's back: Adapter1.RemoveDevice, as `bluetoothctl remove` does."""
        if self._seen.device(address, "Address") is not None:
            path = self.device_path(address)
            self.call(self.adapter_path, ADAPTER, "RemoveDevice", "o", path)

    def call(
        self, path: str, interface: str, member: str, signature: str = "", *body: Any
    ) -> list[Any]:
        """Call a method of BlueZ over D-Bus."""
        message = Message(
            destination=BLUEZ,
            path=path,
            interface=interface,
            member=member,
            signature=signature,
            body=list(body),
        )
        return self._in_loop(self._call(message))

    def wait_until(self, condition: Callable[[Seen], Any], timeout_s: float = WAIT_S) -> None:
        """Wait until it holds for what BlueZ tells. GuestError with the guest's words if not."""
        with self._changed:
            if not self._changed.wait_for(lambda: condition(self._seen), timeout_s):
                raise GuestError(f"It stayed {self._seen.objects}. The guest:\n{self.printed}")

    # --- machine --------------------------------------------------------------------------------
    def _boot(self) -> None:
        for last_try in (False, False, True):
            ports = _free_ports(2)
            forwarded = zip(ports, (BUS_PORT, SHELL_PORT), strict=True)
            rules = "".join(f",hostfwd=tcp:{LOOPBACK}:{here}-:{there}" for here, there in forwarded)
            process = self._start_qemu(rules)
            ready = threading.Event()
            reader = threading.Thread(
                target=self._read, args=(process, ready), name="guest's words"
            )
            reader.start()
            self._stack.callback(self._end_process, process, reader)
            ready.wait(BOOT_S)  # set at the end of its output too
            if process.poll() is None and any("GUEST READY" in line for line in self._printed):
                break
            if last_try or "hostfwd" not in self.printed:  # else another program took a port
                raise GuestError(f"The guest did not start:\n{self.printed}")
        self._bus_port = ports[0]
        self._shell = socket.create_connection((LOOPBACK, ports[1]), SHELL_S)
        self._stack.callback(self._shell.close)

    def _start_qemu(self, rules: str) -> subprocess.Popen[str]:
        # No KVM: it is seldom there where tests run, and one speed for all is easier to trust.
        words = f"console=ttyS0 quiet panic=-1 mitigations=off nokaslr BUS_PORT={BUS_PORT}"
        return subprocess.Popen(
            [
                QEMU, "-M", "q35", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "1",
                "-m", "256", "-nodefaults", "-display", "none", "-no-reboot",
                "-kernel", self._image.kernel, "-initrd", self._image.initramfs,
                "-append", f"{words} SHELL_PORT={SHELL_PORT}",
                "-serial", "stdio", "-device", "virtio-rng-pci",
                "-netdev", f"user,id=net{rules}", "-device", "virtio-net-pci,netdev=net,romfile=",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )  # fmt: skip

    def _read(self, process: subprocess.Popen[str], ready: threading.Event) -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                self._printed.append(line.rstrip())
                if "GUEST READY" in line:
                    ready.set()
                with self._changed:
                    self._changed.notify_all()
        ready.set()

    @property
    def _deaths(self) -> int:
        return sum("bluetoothd ended" in line for line in self._printed)

    def _end_process(self, process: subprocess.Popen[str], reader: threading.Thread) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)  # the shell's connection is closed: it switches itself off
        if process.poll() is None:
            process.kill()
            process.wait()
        reader.join()

    # --- bus ------------------------------------------------------------------------------------
    def _in_loop(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT_S)

    def _end_loop(self, thread: threading.Thread) -> None:
        async def cancel_all() -> None:
            self._server.close()
            self._bus.disconnect()
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        self._in_loop(cancel_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        thread.join()
        self._loop.close()

    async def _bridge(self) -> None:
        """Have the guest's bus answer on a Unix socket here."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_unix_server(self._serve, self._folder / "bus")

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_guest = None
        try:
            from_guest, to_guest = await asyncio.open_connection(LOOPBACK, self._bus_port)
            hello = await reader.readuntil(b"\r\n")
            # In the guest everybody is root, whoever runs the tests here.
            to_guest.write(re.sub(rb"EXTERNAL \w+", b"EXTERNAL 30", hello))
            both = (_copy(reader, to_guest), _copy(from_guest, writer))
            tasks = [asyncio.create_task(one) for one in both]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # a client that is gone before it began, or the end of the guest
        finally:
            writer.close()
            if to_guest is not None:
                to_guest.close()

    async def _watch(self) -> None:
        """Keep `_seen` as BlueZ tells."""
        self._bus = await MessageBus(
            bus_address=self.environment["DBUS_SYSTEM_BUS_ADDRESS"]
        ).connect()
        self._bus.add_message_handler(self._on_message)
        for rule in (f"sender='{BLUEZ}'", "member='NameOwnerChanged'"):
            await self._call(_bus_call("AddMatch", "s", f"type='signal',{rule}"))

    def _on_message(self, message: Message) -> None:
        if message.message_type is not MessageType.SIGNAL:
            return
        with self._changed:
            objects = self._seen.objects
            body = message.body
            if message.member == "NameOwnerChanged" and body[0] == BLUEZ:
                objects.clear()
                if body[2]:
                    task = self._loop.create_task(self._ask_for_all())
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
            elif message.member == "InterfacesAdded":
                self._add(body[0], body[1])
            elif message.member == "InterfacesRemoved":
                for name in body[1]:
                    objects.get(body[0], {}).pop(name, None)
                if not objects.get(body[0]):
                    objects.pop(body[0], None)
            elif message.member == "PropertiesChanged" and message.path in objects:
                self._add(message.path, {body[0]: body[1]})
            self._changed.notify_all()

    def _add(self, path: str, interfaces: dict[str, dict[str, Variant]]) -> None:
        for name, properties in interfaces.items():
            known = self._seen.objects.setdefault(path, {}).setdefault(name, {})
            known.update({key: variant.value for key, variant in properties.items()})

    async def _ask_for_all(self) -> None:
        message = Message(
            destination=BLUEZ, path="/", interface=OBJECTS, member="GetManagedObjects"
        )
        (found,) = await self._call(message)
        with self._changed:
            for path, interfaces in found.items():
                self._add(path, interfaces)
            self._changed.notify_all()

    async def _call(self, message: Message) -> list[Any]:
        reply = await self._bus.call(message)
        if reply.message_type is MessageType.ERROR:
            raise GuestError(f"{message.member}: {reply.error_name} {reply.body}")
        return reply.body


def _bus_call(member: str, signature: str, *body: Any) -> Message:
    return Message(
        destination="org.freedesktop.DBus",
        path="/org/freedesktop/DBus",
        interface="org.freedesktop.DBus",
        member=member,
        signature=signature,
        body=list(body),
    )


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
        await writer.drain()


def _free_ports(count: int) -> list[int]:
    """Ports that were free a moment ago: QEMU cannot say which ones it would have taken."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]
