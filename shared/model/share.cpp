#include "shared/model/share.hpp"

#include <algorithm>

namespace portal {

bool ShareScope::has_practice(const Id& practice) const {
    return std::binary_search(practices.begin(), practices.end(), practice);
}

bool ShareScope::has_view(ShareView view) const {
    return std::find(views.begin(), views.end(), view) != views.end();
}

}  // namespace portal
