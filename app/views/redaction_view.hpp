// What becomes visible, what is rounded and what stays hidden, practice by practice and view by view.
#pragma once

#include <span>

#include "app/views/view.hpp"
#include "shared/model/share_dataset.hpp"

namespace portal::views {

void redaction_view(const ViewContext& context, std::span<const RedactionLine> lines);

}  // namespace portal::views
