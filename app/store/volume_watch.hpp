// Which practices have too few applications, kept until facts or calendars change: it takes two years of days of every
// practice to say. Thread: the store's.
#pragma once

#include <map>
#include <optional>

#include "shared/model/id.hpp"
#include "shared/rules/volume_baseline.hpp"

namespace portal::store {

struct BuildContext;

class VolumeWatch {
  public:
    // Of all practices here, whatever the scope.
    const std::map<Id, VolumeAlarm>& alarms(const BuildContext& context);

  private:
    std::optional<std::int64_t> m_version;
    std::map<Id, VolumeAlarm> m_alarms;
};

}  // namespace portal::store
