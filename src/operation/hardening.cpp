#include "operation/hardening.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "operation/wiping_free.hpp"

namespace mado::operation {

Outcome<void> harden_process() {
  umask(077);
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0) {
    return refuse(Reason::configuration_invalid,
                  fmt::format("core dumps cannot be turned off: {}", std::strerror(errno)));
  }
  return {};
}

Outcome<void> lock_memory(std::int64_t mebibytes) {
  if (mebibytes == 0) return {};
  rlimit limit{};
  getrlimit(RLIMIT_MEMLOCK, &limit);
  const auto wanted = static_cast<rlim_t>(mebibytes) * 1024 * 1024;
  if (limit.rlim_cur < wanted && limit.rlim_max >= wanted) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_MEMLOCK, &limit);
    getrlimit(RLIMIT_MEMLOCK, &limit);
  }
  const bool may_exceed = geteuid() == 0;
  if (limit.rlim_cur < wanted && !may_exceed) {
    return refuse(
        Reason::configuration_invalid,
        fmt::format("setting \"memory.locked_mib\" asks for {} MiB, but only {} KiB may be locked; raise the limit "
                    "(ulimit -l {}, or LimitMEMLOCK= of the service)",
                    mebibytes, limit.rlim_cur / 1024, wanted / 1024));
  }
  // MCL_ONFAULT: what is touched is locked; thread stacks that are only reserved are not counted.
  if (mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0) {
    return refuse(Reason::configuration_invalid,
                  fmt::format("setting \"memory.locked_mib\": memory cannot be locked: {}", std::strerror(errno)));
  }
  return {};
}

// By the name under which every library finds it.
bool wipes_freed_memory() {
  return madoguchi_wiping_free != nullptr && dlsym(RTLD_DEFAULT, "free") == madoguchi_wiping_free();
}

}  // namespace mado::operation
