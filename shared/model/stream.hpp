// The name of a set of rows with one visibility; rules/access lists their shapes.
#pragma once

#include <string>

namespace portal {

using StreamId = std::string;

}  // namespace portal
