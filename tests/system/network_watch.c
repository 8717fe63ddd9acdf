// Preloaded into every process of the product: notes where it wants to go, and refuses all beyond
// this computer. Each line of the file NETWORK_WATCH is "VERDICT CALL ADDRESS PROGRAM", where the
// verdict is "here" or "beyond", or "begins - PID PROGRAM". Unix sockets, Bluetooth and netlink
// lead nowhere.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char program[2048];

static void note(const char* verdict, const char* call, const char* address) {
  const char* path = getenv("NETWORK_WATCH");
  if (path == NULL) return;
  char line[4096];
  int length = snprintf(line, sizeof line, "%s %s %s %s\n", verdict, call, address, program);
  int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) abort();  // a watch that does not see must not look like silence
  if (write(file, line, length) != length) abort();
  close(file);
}

__attribute__((constructor)) static void begin(void) {
  int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
  ssize_t length = read(file, program, sizeof program - 1);
  close(file);
  for (ssize_t at = 0; at + 1 < length; ++at) {
    if (program[at] == '\0' || program[at] == '\n') program[at] = ' ';
  }
  char pid[16];
  snprintf(pid, sizeof pid, "%d", (int)getpid());
  note("begins", "-", pid);
}

// Whether an address lies on this computer; notes it, unless it is of no network at all.
static int is_here(const char* call, const struct sockaddr* address) {
  char text[INET6_ADDRSTRLEN + 8] = "";
  char with_port[sizeof text + 8];
  int here, port;
  if (address == NULL) return 1;
  if (address->sa_family == AF_INET) {
    const struct sockaddr_in* in = (const void*)address;
    inet_ntop(AF_INET, &in->sin_addr, text, sizeof text);
    here = ntohl(in->sin_addr.s_addr) >> 24 == 127;
    port = ntohs(in->sin_port);
  } else if (address->sa_family == AF_INET6) {
    const struct sockaddr_in6* in = (const void*)address;
    inet_ntop(AF_INET6, &in->sin6_addr, text, sizeof text);
    here = IN6_IS_ADDR_LOOPBACK(&in->sin6_addr) ||
           (IN6_IS_ADDR_V4MAPPED(&in->sin6_addr) && in->sin6_addr.s6_addr[12] == 127);
    port = ntohs(in->sin6_port);
  } else {
    return 1;
  }
  snprintf(with_port, sizeof with_port, "%s:%d", text, port);
  note(here ? "here" : "beyond", call, with_port);
  if (!here) errno = ENETUNREACH;
  return here;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int connect(int fd, const struct sockaddr* address, socklen_t length) {
  return is_here("connect", address) ? NEXT(connect)(fd, address, length) : -1;
}

int bind(int fd, const struct sockaddr* address, socklen_t length) {
  return is_here("bind", address) ? NEXT(bind)(fd, address, length) : -1;
}

// A socket that was bound to nothing would listen on every address.
int listen(int fd, int backlog) {
  struct sockaddr_storage address = {0};
  socklen_t length = sizeof address;
  if (getsockname(fd, (void*)&address, &length) != 0) return -1;
  return is_here("listen", (void*)&address) ? NEXT(listen)(fd, backlog) : -1;
}

ssize_t sendto(int fd, const void* data, size_t size, int flags, const struct sockaddr* address,
               socklen_t length) {
  return is_here("sendto", address) ? NEXT(sendto)(fd, data, size, flags, address, length) : -1;
}

ssize_t sendmsg(int fd, const struct msghdr* message, int flags) {
  return is_here("sendmsg", message->msg_name) ? NEXT(sendmsg)(fd, message, flags) : -1;
}

int sendmmsg(int fd, struct mmsghdr* messages, unsigned count, int flags) {
  for (unsigned i = 0; i < count; ++i) {
    if (!is_here("sendmmsg", messages[i].msg_hdr.msg_name)) return -1;
  }
  return NEXT(sendmmsg)(fd, messages, count, flags);
}

// A name that is no address asks the network, unless it is this computer's own.
static int is_own(const char* call, const char* name) {
  unsigned char address[sizeof(struct in6_addr)];
  if (name == NULL || inet_pton(AF_INET, name, address) || inet_pton(AF_INET6, name, address)) {
    return 1;
  }
  int own = strcmp(name, "localhost") == 0;
  note(own ? "here" : "beyond", call, name);
  return own;
}

int getaddrinfo(const char* name, const char* service, const struct addrinfo* hints,
                struct addrinfo** found) {
  return is_own("getaddrinfo", name) ? NEXT(getaddrinfo)(name, service, hints, found) : EAI_FAIL;
}

struct hostent* gethostbyname(const char* name) {
  if (is_own("gethostbyname", name)) return NEXT(gethostbyname)(name);
  h_errno = NO_RECOVERY;
  return NULL;
}

int gethostbyname_r(const char* name, struct hostent* made, char* buffer, size_t size,
                    struct hostent** found, int* error) {
  if (is_own("gethostbyname_r", name)) {
    return NEXT(gethostbyname_r)(name, made, buffer, size, found, error);
  }
  *found = NULL;
  *error = NO_RECOVERY;
  return 0;
}

// A name for an address asks the network, too.
int getnameinfo(const struct sockaddr* address, socklen_t length, char* host, socklen_t host_size,
                char* service, socklen_t service_size, int flags) {
  if (!(flags & NI_NUMERICHOST) && host != NULL && !is_here("getnameinfo", address)) {
    return EAI_FAIL;
  }
  return NEXT(getnameinfo)(address, length, host, host_size, service, service_size, flags);
}

int gethostbyaddr_r(const void* address, socklen_t length, int type, struct hostent* made,
                    char* buffer, size_t size, struct hostent** found, int* error) {
  (void)address, (void)length, (void)type, (void)made, (void)buffer, (void)size;
  note("beyond", "gethostbyaddr_r", "-");
  *found = NULL;
  *error = NO_RECOVERY;
  return 0;
}
