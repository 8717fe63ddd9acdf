// What the guest needs besides Debian's packages, in one static program:
//   guest pump HOST PORT WORD  joins /dev/vhci and a TCP port that speaks HCI to those who say the
//                              word first: an adapter
//   guest serve PORT PROGRAM   runs a program for each client of a TCP port, its stdin and stdout;
//                              returns as soon as it listens
//   guest once PORT PROGRAM    becomes the program for the first client
//   guest relay PATH           joins stdin and stdout with a Unix socket
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ACL = 2, SCO = 3, EVENT = 4, ISO = 5, VENDOR = 0xff };
enum { LE_META = 0x3e, CONNECTION_COMPLETE = 0x01, ENHANCED_CONNECTION_COMPLETE = 0x0a };
enum { FIRST_CLIENT_S = 60 };

_Noreturn static void fail(const char* what) {
  perror(what);
  exit(1);
}

static void write_all(int fd, const uint8_t* data, size_t size) {
  while (size > 0) {
    ssize_t written = write(fd, data, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("write");
    data += written;
    size -= (size_t)written;
  }
}

static struct sockaddr_in address_of(const char* host, const char* port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
  if (inet_pton(AF_INET, host, &address.sin_addr) != 1) fail(host);
  return address;
}

static void without_delay(int fd) {
  int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

// Bytes of the HCI packet that begins with these; 0 while its header is not whole.
static size_t packet_size(const uint8_t* data, size_t have) {
  if (have < 5) return have >= 3 && data[0] == EVENT ? 3u + data[2] : 0;
  switch (data[0]) {
    case EVENT:
      return 3u + data[2];
    case ACL:
      return 5u + (data[3] | data[4] << 8);
    case SCO:
      return 4u + data[3];
    case ISO:
      return 5u + ((data[3] | data[4] << 8) & 0x3fff);
    default:
      fprintf(stderr, "pump: no HCI packet begins with %02x\n", data[0]);
      exit(1);
  }
}

// The virtual adapter says "connection complete" though it claims privacy. Linux then waits for
// the enhanced event, which carries two resolvable addresses more, and gives up after 4 s.
static void to_kernel(int vhci, const uint8_t* packet, size_t size) {
  uint8_t enhanced[34] = {EVENT, LE_META, 31, ENHANCED_CONNECTION_COMPLETE};
  if (size == 22 && packet[0] == EVENT && packet[1] == LE_META &&
      packet[3] == CONNECTION_COMPLETE) {
    memcpy(enhanced + 4, packet + 4, 11);   // status, handle, role, peer's address
    memcpy(enhanced + 27, packet + 15, 7);  // interval, latency, timeout, accuracy
    packet = enhanced;
    size = sizeof enhanced;
  }
  if (write(vhci, packet, size) != (ssize_t)size) perror("pump: /dev/vhci");
}

static int pump(const char* host, const char* port, const char* word) {
  int tcp = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = address_of(host, port);
  if (connect(tcp, (void*)&address, sizeof address)) fail("pump: connect");
  without_delay(tcp);
  write_all(tcp, (const uint8_t*)word, strlen(word));
  // Only now: an adapter that answers nothing would be given up by the kernel.
  int vhci = open("/dev/vhci", O_RDWR);
  if (vhci < 0) fail("/dev/vhci");
  const uint8_t create[2] = {VENDOR, 0};
  if (write(vhci, create, sizeof create) != sizeof create) fail("/dev/vhci");
  static uint8_t in[1 << 17], out[1 << 12];
  size_t have = 0;
  struct pollfd polled[2] = {{tcp, POLLIN, 0}, {vhci, POLLIN, 0}};
  for (;;) {
    if (poll(polled, 2, -1) < 0) continue;
    if (polled[1].revents & (POLLERR | POLLHUP)) return 1;
    if (polled[1].revents & POLLIN) {
      ssize_t got = read(vhci, out, sizeof out);
      if (got <= 0) fail("/dev/vhci");
      if (out[0] != VENDOR) write_all(tcp, out, (size_t)got);
    }
    if (polled[0].revents) {
      ssize_t got = read(tcp, in + have, sizeof in - have);
      if (got <= 0) return 0;  // the adapter is unplugged
      have += (size_t)got;
      size_t at = 0;
      for (size_t size; (size = packet_size(in + at, have - at)) && size <= have - at; at += size)
        to_kernel(vhci, in + at, size);
      memmove(in, in + at, have - at);
      have -= at;
    }
  }
}

_Noreturn static void serve(const char* port, char** program, int only_once) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  int one = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in address = address_of("0.0.0.0", port);
  if (bind(listener, (void*)&address, sizeof address) || listen(listener, 64)) fail("serve");
  signal(SIGCHLD, SIG_IGN);  // nobody asks how they ended
  if (only_once) {
    fprintf(stderr, "GUEST READY\n");  // what the tests wait for before they connect
    alarm(FIRST_CLIENT_S);
  } else if (fork() != 0) {
    exit(0);  // it listens now: whoever started this may go on
  }
  for (;;) {
    int client = accept(listener, NULL, NULL);
    if (client < 0) continue;
    without_delay(client);
    if (!only_once && fork() != 0) {
      close(client);
      continue;
    }
    close(listener);
    alarm(0);
    signal(SIGCHLD, SIG_DFL);
    dup2(client, 0);
    dup2(client, 1);
    if (client > 2) close(client);
    execvp(program[0], program);
    fail(program[0]);
  }
}

// Everything that comes from one end goes to the other, until one of them ends.
static int relay(const char* path) {
  int bus = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  if (connect(bus, (void*)&address, sizeof address)) fail(path);
  static uint8_t data[1 << 16];
  struct pollfd polled[2] = {{0, POLLIN, 0}, {bus, POLLIN, 0}};
  for (;;) {
    if (poll(polled, 2, -1) < 0) continue;
    for (int i = 0; i < 2; i++) {
      if (!polled[i].revents) continue;
      ssize_t got = read(polled[i].fd, data, sizeof data);
      if (got <= 0) return 0;
      write_all(i == 0 ? bus : 1, data, (size_t)got);
    }
  }
}

int main(int count, char** words) {
  signal(SIGPIPE, SIG_IGN);
  const char* word = count > 2 ? words[1] : "";
  if (!strcmp(word, "pump") && count == 5) return pump(words[2], words[3], words[4]);
  if (!strcmp(word, "serve") && count > 3) serve(words[2], words + 3, 0);
  if (!strcmp(word, "once") && count > 3) serve(words[2], words + 3, 1);
  if (!strcmp(word, "relay")) return relay(words[2]);
  fprintf(stderr, "guest: pump, serve, once or relay\n");
  return 2;
}
